/** The read model, as `read_model.py` writes it, and what is used of Home Assistant's `hass`. */

export type Iso = string;
export type OneSide = "left" | "right";
export type Side = "left" | "right" | "both" | "each" | "alternate";
export type Act = "ready" | "hold" | "reps" | "walk" | "switch" | "rest";

export interface Step {
  act: Act;
  exercise: number;
  set: number;
  side: Side;
  seconds?: number;
  reps?: number;
  metres?: number;
  tempo?: [number, number, number];
}

export interface Exercise {
  id: string;
  /** Its id among today's, with the side where each side has a dose of its own. */
  item: string;
  name: string;
  strand: string;
  side: Side;
  dose: string;
  details: string;
  how_to: string;
  cues: string;
  cautions: string;
  equipment: string;
  sets: number;
  minutes: number;
  done: boolean;
}

export interface Session {
  open: boolean;
  logged: boolean;
  skipped: boolean;
  exercises: Exercise[];
  steps: Step[];
  tests: string[];
}

export interface Run {
  step: string;
  /** Of running; null for normal training. */
  minutes: number | null;
  repeats: number;
  walk_minutes: number;
  easy: boolean;
  hills: boolean;
  fast: boolean;
  dose: string;
  /** One more thing to try, if any. */
  cue: string | null;
}

export interface Running {
  step: string;
  allowed: boolean;
  today: Run | null;
  done: boolean;
  reasons: Reason[];
  /** What the way back still asks; empty once it has begun. */
  gate: Criterion[];
  how_to: string;
}

export interface MorningCheck {
  open: boolean;
  due: boolean;
  test: string;
  name: string;
  figure: string | null;
  how_to: string;
  pain: number | null;
  ask_pain_after: Iso | null;
}

export interface Question {
  name: string;
  text: string;
  form: "choice" | "pain" | "confidence" | "share" | "reps";
  choices: { value: number | string; text: string }[];
  /** What the log gives by itself; null: it has to be asked. */
  computed: number | null;
}

export interface WeeklyScore {
  date: Iso;
  total: number;
  change: number | null;
  noteworthy: boolean;
  overall: number | null;
}

export interface WeeklyCheck {
  due: boolean;
  noteworthy: number;
  questions: Question[];
  scores: WeeklyScore[];
  visa_h: { date: Iso; total: number }[];
}

export interface TestResult {
  date: Iso;
  value: number | null;
  other_side: number | null;
  symmetry: number | null;
  pain: number | null;
}

export interface Test {
  id: string;
  name: string;
  figure: string | null;
  how_to: string;
  unit: "reps" | "seconds" | "minutes" | null;
  sided: boolean;
  due: boolean;
  asked: boolean;
  last: TestResult | null;
}

export interface Reason {
  id: string;
  text: string;
  until: Iso | null;
}

export interface Criterion {
  id: string;
  met: boolean | null;
  value: number | string | null;
  target: number | string;
  text: string;
}

export interface Stage {
  id: string;
  name: string;
  state: "done" | "current" | "ahead";
}

export interface Symptom {
  id: string;
  text: string;
  emergency: boolean;
  withholds: boolean;
}

export interface Pattern {
  id: string;
  text: string;
}

export interface EventKind {
  id: string;
  name: string;
  withholds: boolean;
}

export interface TrendDay {
  date: Iso;
  stage: string;
  step: string;
  morning?: number;
  during?: number;
  response?: string;
  load?: number;
  flare_up?: boolean;
  run_step?: string;
  /** Of running. */
  minutes?: number;
  changes?: string[];
}

export interface Sitting {
  limit: number | null;
  advice: string[];
  since: Iso | null;
  due: boolean;
}

/** A run that a watch counted and nobody logged. */
export interface NoticedRun {
  log_id: string;
  date: Iso;
  text: string;
}

export interface Limits {
  score_max: number;
  calm_max: number;
  stop_at: number;
  note_max: number;
  text_max: number;
  /** The scores of an entry that can be put right, by its kind. */
  correctable: Record<string, string[]>;
  /** The oldest date something can be reported about. */
  first_day: Iso;
  /** The date the programme began. */
  start: Iso;
}

export interface SideStanding {
  stage_name: string;
  dose_step: string;
  response: string | null;
  morning_pain: number | null;
  baseline: number | null;
  flare_up: boolean;
  ready: boolean;
  criteria: Criterion[];
}

export interface ReadModel {
  entry_id: string;
  name: string;
  /** What is followed. */
  side: OneSide | "both";
  /** Whose figures these are: of two sides the worse. */
  worse_side: OneSide;
  /** How much is in the log: with every entry the log has to be read anew. */
  /** Of who may read the log: how many entries it has. */
  recorded?: number;
  /** Of each of two sides; empty with one. */
  sides: Partial<Record<OneSide, SideStanding>>;
  side_checks: Partial<Record<OneSide, MorningCheck>>;
  today: Iso;
  kind: "loading" | "light" | "test" | "rest" | "paused" | "locked";
  stage: string;
  stage_name: string;
  next_stage_name: string | null;
  dose_step: string;
  course: Stage[];
  outcome: string;
  reasons: Reason[];
  last_change: Reason | null;
  criteria: Criterion[];
  ask_again: string[];
  patterns: Pattern[];
  days_to_next_progression: number | null;
  days_to_next_stage: number | null;
  next_session: string | null;
  ready: boolean;
  flare_up: boolean;
  lock: "clinician" | "screening" | null;
  emergency: boolean;
  clinical_pause: boolean;
  prescriber_hold: boolean;
  /** Why neither a run nor hops come until a clinician has cleared it. */
  impact_hold: string | null;
  adherence: number | null;
  response: string | null;
  limits: Limits;
  sitting: Sitting;
  noticed: NoticedRun[];
  session: Session;
  energy_step: string | null;
  running: Running | null;
  /** What else may be done for fitness; null while the programme is stopped. */
  cross_training: { rule: string; allowed: string[] } | null;
  morning_check: MorningCheck;
  weekly_check: WeeklyCheck;
  tests: Test[];
  symptoms: Symptom[];
  events: EventKind[];
  trend: TrendDay[];
  control: boolean;
}

/** An entry of `get_log`; more fields come with some kinds. */
export interface LogEntry {
  log_id: string;
  kind: string;
  date: Iso;
  logged_at: string;
  voided: boolean;
  name?: string;
  note?: string;
  response?: string | null;
  reasons?: Reason[];
  [field: string]: unknown;
}

export type Localize = (key: string, values?: Record<string, string | number>) => string;

export interface Connection {
  subscribeMessage<T>(
    told: (message: T) => void,
    message: Record<string, unknown>,
    options?: { resubscribe?: boolean },
  ): Promise<() => Promise<void>>;
  addEventListener(event: "ready" | "disconnected", happened: () => void): void;
}

export interface RegistryEntry {
  entity_id: string;
  platform: string;
  device_id?: string | null;
  translation_key?: string;
}

/** How the user wants to read; a new object whenever one of it changes. */
export interface Locale {
  language: string;
  date_format: "language" | "system" | "DMY" | "MDY" | "YMD";
  time_format: "language" | "system" | "12" | "24";
  number_format:
    | "language"
    | "system"
    | "comma_decimal"
    | "decimal_comma"
    | "space_comma"
    | "quote_decimal"
    | "none";
  /** Whose clocks: of the browser, or of Home Assistant. */
  time_zone: "local" | "server";
}

export interface Hass {
  connection: Connection;
  locale: Locale;
  config: { time_zone: string };
  entities: Record<string, RegistryEntry>;
  devices: Record<string, { id: string; primary_config_entry?: string | null }>;
  localize: Localize;
  loadBackendTranslation(category: string, integration: string): Promise<Localize>;
  callWS<T>(message: Record<string, unknown>): Promise<T>;
  callService(
    domain: string,
    service: string,
    data?: Record<string, unknown>,
    target?: Record<string, unknown>,
    notifyOnError?: boolean,
    returnResponse?: boolean,
  ): Promise<{ response?: unknown }>;
}
