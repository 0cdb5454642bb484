/**
 * What is known of each programme. It outlives the cards: Home Assistant makes them anew
 * whenever the connection comes back or a dashboard is saved.
 */

import { entitiesOf } from "./entities";
import { datePattern } from "./formats";
import type { Hass, LogEntry, ReadModel } from "./types";

const RETRY_MS = 3_000;
const LINGER_MS = 10_000;

export type Failure = "unauthorized" | "not_found" | "lost";

export interface Answer {
  log_id: string | null;
  response: string | null;
  stage: string;
  dose_step: string;
  days_to_next_progression: number | null;
  next_session: string | null;
  reasons: { id: string; text: string; until: string | null }[];
  remarks?: { id: string; text: string; source: string }[];
  weekly_check?: { total: number | null; change: number | null; noteworthy: boolean };
}

export class Programme {
  model: ReadModel | undefined;
  failure: Failure | undefined;
  private readonly listeners = new Set<() => void>();
  private unsubscribe: (() => Promise<void>) | undefined;
  private opening = false;
  /** How what is shown is worded: of which language, and with what dates. */
  private worded = "";
  private turn = 0;
  private watching = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly entryId: string,
    private readonly hass: () => Hass,
  ) {}

  /** Be told of changes; returns what ends it. */
  listen(changed: () => void): () => void {
    this.listeners.add(changed);
    clearTimeout(this.timer);
    void this.open();
    return () => {
      this.listeners.delete(changed);
      if (!this.listeners.size) this.timer = setTimeout(() => this.close(), LINGER_MS);
    };
  }

  private async open(): Promise<void> {
    if (this.opening || this.unsubscribe) return;
    this.opening = true;
    const hass = this.hass();
    const wanted = wording(hass);
    const turn = (this.turn += 1);
    this.worded = JSON.stringify(wanted);
    this.watch(hass);
    try {
      this.unsubscribe = await hass.connection.subscribeMessage<ReadModel | null>(
        (model) => {
          if (turn === this.turn) this.told(model); // else it comes late, in the words of before
        },
        { type: "pht_rehab/subscribe", config_entry_id: this.entryId, ...wanted },
        { resubscribe: false },
      );
    } catch (error) {
      this.failed((error as { code?: string | number }).code);
    } finally {
      this.opening = false;
    }
    this.reword();
  }

  /** Subscribe anew where what is shown is worded otherwise than the user reads by now. */
  reword(): void {
    if (!this.unsubscribe || JSON.stringify(wording(this.hass())) === this.worded) return;
    this.close();
    void this.open();
  }

  /**
   * Subscribe anew once the connection is back. The connection's own way gives up at the first
   * refusal, and after a restart it asks before the integration is there to answer.
   */
  private watch(hass: Hass): void {
    if (this.watching) return;
    this.watching = true;
    hass.connection.addEventListener("disconnected", () => {
      this.failure = "lost";
      this.tell();
    });
    hass.connection.addEventListener("ready", () => {
      this.unsubscribe = undefined;
      if (this.listeners.size) void this.open();
    });
  }

  private told(model: ReadModel | null): void {
    if (model === null) {
      this.failure = "not_found";
      this.close();
      this.again();
      this.tell();
      return;
    }
    this.model = model;
    this.failure = undefined;
    this.tell();
  }

  private failed(code: string | number | undefined): void {
    this.failure =
      code === "unauthorized" ? "unauthorized" : typeof code === "string" ? "not_found" : "lost";
    if (this.failure === "unauthorized") this.model = undefined;
    else this.again();
    this.tell();
  }

  private again(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.listeners.size) void this.open();
    }, RETRY_MS);
  }

  private close(): void {
    const end = this.unsubscribe;
    this.unsubscribe = undefined;
    end?.().catch(() => undefined); // the connection may be gone already
  }

  private tell(): void {
    for (const changed of this.listeners) changed();
  }

  /** Call an action of the integration and return its answer, in the user's words. */
  async act<T = Answer>(action: string, data: Record<string, unknown> = {}): Promise<T> {
    const hass = this.hass();
    const told = await hass.callService(
      "pht_rehab",
      action,
      { config_entry_id: this.entryId, ...wording(hass), ...data },
      undefined,
      false,
      true,
    );
    return told.response as T;
  }

  /** Tick an exercise of today, or take the tick back. */
  async tick(exercise: string, done: boolean): Promise<void> {
    const hass = this.hass();
    const list = entitiesOf(hass, this.entryId)("todo", "today");
    if (!list || !this.model) return;
    await hass.callService(
      "todo",
      "update_item",
      {
        item: `${this.model.today}:${exercise}`,
        status: done ? "completed" : "needs_action",
      },
      { entity_id: list },
      false,
    );
  }

  async log(start: string, end: string): Promise<LogEntry[]> {
    const found = await this.act<{ entries: LogEntry[] }>("get_log", {
      start_date: start,
      end_date: end,
    });
    return found.entries;
  }

  /** Put the scores of an entry right; returns the id of what stands in its place. */
  async correct(logId: string, scores: Record<string, unknown>): Promise<string> {
    const { log_id } = await this.hass().callWS<{ log_id: string }>({
      type: "pht_rehab/correct",
      config_entry_id: this.entryId,
      log_id: logId,
      scores,
    });
    return log_id;
  }

  async note(logId: string, text: string): Promise<void> {
    await this.hass().callWS({
      type: "pht_rehab/note",
      config_entry_id: this.entryId,
      log_id: logId,
      text,
    });
  }
}

/** What a subscription and an action are told of how to word what they answer. */
function wording({ locale }: Hass): Record<string, string> {
  const pattern = datePattern(locale);
  return { language: locale.language, ...(pattern ? { date_pattern: pattern } : {}) };
}

const known = new Map<string, Programme>();

/** Return the newest `hass`: one that a card keeps is out of date once the connection was lost. */
export function currentHass(): Hass {
  return (document.querySelector("home-assistant") as unknown as { hass: Hass }).hass;
}

export function programme(entryId: string): Programme {
  let found = known.get(entryId);
  if (!found) {
    found = new Programme(entryId, currentHass);
    known.set(entryId, found);
  }
  return found;
}
