import type { ToolLine } from '../tool-lines.ts';

export interface Wanted {
  readonly cell: string;
  /** `https://verkstad.example` */
  readonly origin: string;
  readonly signals: readonly string[];
  readonly window: { readonly lastS: number } | { readonly from: string; readonly to: string };
  /** A value each so many seconds; without it every sample. */
  readonly everyS: number | undefined;
}

interface Who {
  readonly user: string;
  /** Written into the lines; without it they read VERKSTAD_KEY of the environment. */
  readonly key: string | undefined;
}

const queryOf = ({ signals, window, everyS }: Wanted): [name: string, value: string][] => [
  ['signals', signals.join(',')],
  ...Object.entries(window).map(([name, value]): [string, string] => [name, String(value)]),
  ...(everyS === undefined ? [] : [['everyS', String(everyS)] as [string, string]]),
  ['format', 'csv'],
];

/** Below the origin; the browser's cookie opens it as well as id and key do. */
export const tablePath = (wanted: Wanted): string => {
  // Commas and colons may stand in a query as they are, and are easier to read so.
  const query = queryOf(wanted).map(
    ([name, value]) => `${name}=${encodeURIComponent(value).replace(/%2C|%3A/g, decodeURIComponent)}`,
  );
  return `/api/cells/${wanted.cell}/history?${query.join('&')}`;
};

export const tableUrl = (wanted: Wanted): string => `${wanted.origin}${tablePath(wanted)}`;

/** The shown samples in tools of one's own. */
export function trendLines(wanted: Wanted, { user, key }: Who): ToolLine[] {
  const url = tableUrl(wanted);
  const python = key === undefined ? 'os.environ["VERKSTAD_KEY"]' : JSON.stringify(key);
  return [
    {
      door: 'curl',
      text: `curl --fail-with-body -u ${user}:${key === undefined ? '"$VERKSTAD_KEY"' : `'${key}'`} -o verkstad.csv '${url}'`,
    },
    {
      door: 'Python (pandas)',
      text: [
        ...['import io, os, pandas as pd, requests', ''],
        `answer = requests.get("${url}",`,
        `    auth=("${user}", ${python}))`,
        'answer.raise_for_status()',
        'table = pd.read_csv(io.StringIO(answer.text), parse_dates=["time"], index_col="time")',
      ].join('\n'),
    },
    {
      door: 'Python (csv)',
      text: [
        ...['import base64, csv, io, os, urllib.request', ''],
        `login = base64.b64encode(("${user}:" + ${python}).encode()).decode()`,
        `request = urllib.request.Request("${url}",`,
        '    headers={"Authorization": "Basic " + login})',
        'with urllib.request.urlopen(request) as answer:',
        '    rows = list(csv.DictReader(io.TextIOWrapper(answer, "utf-8", newline="")))',
        'print(len(rows), "rows:", *rows[0])',
      ].join('\n'),
    },
    {
      door: 'MATLAB',
      text: [
        `options = weboptions(Username="${user}", Password=${key === undefined ? 'getenv("VERKSTAD_KEY")' : `"${key}"`}, ContentType="table");`,
        `data = webread("${url}", options);`,
      ].join('\n'),
    },
    {
      door: 'Excel (Power Query)',
      text: [
        'let',
        `    Key = "${key ?? 'your key'}",`,
        `    Answer = Web.Contents("${wanted.origin}", [`,
        `        RelativePath = "api/cells/${wanted.cell}/history",`,
        `        Query = [${queryOf(wanted)
          .map(([name, value]) => `${name} = "${value}"`)
          .join(', ')}],`,
        `        Headers = [Authorization = "Basic " & Binary.ToText(Text.ToBinary("${user}:" & Key), BinaryEncoding.Base64)]`,
        '    ]),',
        '    Rows = Csv.Document(Answer, [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]),',
        '    Named = Table.PromoteHeaders(Rows, [PromoteAllScalars = true]),',
        `    Numbers = List.Select(Table.ColumnNames(Named), each _ <> "time" and not Text.EndsWith(_, " quality")),`,
        '    Typed = Table.TransformColumnTypes(Named, {{"time", type datetimezone}} & List.Transform(Numbers, each {_, type number}), "en-US")',
        'in',
        '    Typed',
      ].join('\n'),
    },
  ];
}
