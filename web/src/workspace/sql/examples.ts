/** Queries to begin from. They are answered by the pump line; each names the words of its title. */
export const EXAMPLES = {
  oee: `-- OEE = availability x effectiveness x quality (ISO 22400-2), by hour of plant time
WITH plan(cycle) AS (VALUES (30.0)),  -- planned time per part, s
hours(h) AS (SELECT DISTINCT CAST(t / 3600 AS INT) FROM states),
times AS (
  SELECT h, category, SUM(MIN(end_t, (h + 1) * 3600) - MAX(t, h * 3600)) AS s
  FROM hours JOIN states ON t < (h + 1) * 3600 AND end_t > h * 3600
  WHERE station = 'ST03' GROUP BY h, category
),
made AS (
  SELECT CAST(v.end_t / 3600 AS INT) AS h, COUNT(*) AS parts, AVG(p.fate <> 'scrapped') AS good
  FROM visits v JOIN parts p USING (serial) WHERE v.station = 'ST03' GROUP BY 1
)
SELECT h AS hour, parts,
  100 * SUM(s) FILTER (WHERE category = 'producing') / SUM(s) FILTER (WHERE category <> 'off') AS "availability [%]",
  100 * parts * cycle / SUM(s) FILTER (WHERE category = 'producing') AS "effectiveness [%]",
  100 * good AS "quality [%]",
  100 * parts * cycle * good / SUM(s) FILTER (WHERE category <> 'off') AS "OEE [%]"
FROM times JOIN made USING (h), plan GROUP BY h ORDER BY h`,
  cycles: `SELECT station, COUNT(*) AS parts, MIN(end_t - t) AS "shortest [s]",
  AVG(end_t - t) AS "mean [s]", MAX(end_t - t) AS "longest [s]"
FROM visits GROUP BY station ORDER BY station`,
  scrap: `SELECT v.facts ->> 'castingLot' AS lot, v.facts ->> 'supplier' AS supplier, COUNT(*) AS parts,
  SUM(p.fate = 'scrapped') AS scrapped, 100.0 * AVG(p.fate = 'scrapped') AS "scrap [%]"
FROM parts p JOIN visits v ON v.serial = p.serial AND v.station = 'ST01'
WHERE p.left_t IS NOT NULL GROUP BY lot ORDER BY lot`,
  energy: `WITH energy AS (
  SELECT CAST(t / 3600 AS INT) AS hour, path, MAX(value) - MIN(value) AS kwh
  FROM signals WHERE path LIKE 'ST__.Meter.Energy' GROUP BY 1, 2
),
done AS (
  SELECT CAST(left_t / 3600 AS INT) AS hour, COUNT(*) AS parts
  FROM parts WHERE fate = 'finished' GROUP BY 1
)
SELECT hour, SUM(kwh) AS "energy [kWh]", parts, SUM(kwh) / parts AS "per part [kWh]"
FROM energy JOIN done USING (hour) GROUP BY hour ORDER BY hour`,
  bore: `SELECT p.serial, p.variant, p.fate, v.time, v.facts ->> 'tool' AS tool,
  v.facts ->> 'toolWear' AS "wear [mm]", v.facts ->> 'boreDeviation' AS "bore deviation [µm]"
FROM parts p JOIN visits v ON v.serial = p.serial AND v.station = 'ST03'
ORDER BY p.serial`,
  load: `SELECT 60 * CAST(t / 60 AS INT) AS "t [s]", AVG(value) AS "mean [%]", MAX(value) AS "highest [%]"
FROM signals WHERE path = 'ST03.Spindle.Load' GROUP BY 1 ORDER BY 1`,
} as const;

export type ExampleName = keyof typeof EXAMPLES;

/** Counters of many stations are read once a minute: all their samples would be more than a query is given. */
export const EXAMPLE_EVERY: Partial<Readonly<Record<ExampleName, number>>> = { energy: 60 };
