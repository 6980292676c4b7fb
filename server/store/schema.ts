/**
 * The tables. Instants of the wall are ms since 1970, plant instants microseconds of the run; what has a shape of its own
 * is kept as JSON text. Only types and SQL that SQLite and PostgreSQL share.
 */
export interface Schema {
  participants: {
    id: string;
    role: 'participant' | 'teacher';
    /** Raised to revoke the key. */
    key_version: number;
    current_cell: string | null;
    created_ms: number;
  };
  /** Browsers that are signed in. Only a hash of the cookie is kept. */
  sessions: { token_hash: string; participant: string; created_ms: number; seen_ms: number };
  /** Plants as data, patched and complete, by the SHA-256 of their JSON. */
  definitions: { hash: string; json: string };
  cells: {
    id: string;
    /** `pump-line` */
    base: string;
    definition: string;
    /** What was replaced in the base, by path. */
    patch: string;
    scenario: string;
    /** What no door shows. */
    conceal: string;
    open_us: number;
    horizon_us: number;
    speed_min: number;
    speed_max: number;
    /** The current run. */
    run: number;
    model_version: number;
    /** Who may write rows of this cell: the host that claimed it last, in its epoch. */
    host: string;
    epoch: number;
    created_ms: number;
    closed_ms: number | null;
  };
  /** Who may use a cell. */
  members: { cell: string; participant: string };
  runs: { cell: string; run: number; seed: string; anchor_ms: number; started_ms: number };
  commands: {
    cell: string;
    run: number;
    actor: string;
    id: string;
    /** Order of effect within the run; null when refused. */
    seq: number | null;
    at_us: number;
    wall_ms: number;
    via: string;
    target: string;
    value: string | null;
    unit: string | null;
    status: string;
    reason: string | null;
  };
  clock_log: {
    cell: string;
    n: number;
    run: number;
    kind: string;
    sim_us: number;
    wall_ms: number;
    speed: number;
    paused: number;
  };
  checkpoints: {
    cell: string;
    run: number;
    at_us: number;
    model_version: number;
    /** Kept for looking back; others give way to newer ones. */
    grid: number;
    state: Uint8Array;
  };
  evidence: { cell: string; n: number; run: number; kind: string; wall_ms: number; plant_us: number; entry: string };
  attempts: {
    id: string;
    participant: string;
    lab: string;
    lab_version: number;
    number: number;
    cell: string;
    started_ms: number;
  };
  answers: { attempt: string; step: string; ask: string; typed: string; wall_ms: number };
  /** How far each step of an attempt has come: StepProgress of server/labs. */
  progress: { attempt: string; step: string; progress: string };
  verdicts: {
    attempt: string;
    n: number;
    step: string;
    wall_ms: number;
    plant_us: number;
    model_version: number;
    result: string;
    facts: string;
  };
  /** Barriers that people reported; who sent one is not kept. */
  reports: { id: string; received_ms: number; page: string; text: string; contact: string };
  /** Where a participant is in an attempt, as JSON. */
  whereabouts: { attempt: string; place: string };
  /** Help and reviews that participants ask for. */
  tickets: {
    id: string;
    kind: 'help' | 'review';
    attempt: string;
    participant: string;
    lab: string;
    step: string;
    /** Empty for help. */
    check_id: string;
    text: string;
    asked_ms: number;
    cell: string;
    run: number;
    plant_us: number;
    state: 'open' | 'taken' | 'answered' | 'withdrawn';
    answer: string;
    answered_by: string | null;
    answered_ms: number | null;
  };
  /** Points that people gave, one row for each time; nothing is ever changed. */
  marks: {
    attempt: string;
    n: number;
    kind: 'check' | 'rubric';
    step: string;
    /** Check or item of the rubric. */
    item: string;
    /** Null takes back what was given before. */
    points: number | null;
    reason: string;
    given_by: string;
    given_ms: number;
  };
  /** Who works, or worked, on an attempt with others; an empty role is none. */
  team_members: {
    attempt: string;
    n: number;
    participant: string;
    role: string;
    joined_ms: number;
    left_ms: number | null;
    changed_by: string;
  };
  /** The files of a lab in each version in which somebody began it. */
  lab_bundles: { lab: string; version: number; files: string };
}
