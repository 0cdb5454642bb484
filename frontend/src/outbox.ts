/**
 * Sessions on their way: kept in the browser until Home Assistant has stored them. Sending one
 * twice does no harm, for a session is logged once under its id.
 */

import type { Exercise, Step } from "./types";

export interface Draft {
  entryId: string;
  sessionId: string;
  date: string;
  exercises: Exercise[];
  steps: Step[];
  playback: { index: number; elapsed: number; done: Record<number, number> };
  pain: number | null;
  cutShort: boolean;
  savedAt: number;
}

export interface Parcel {
  entryId: string;
  data: Record<string, unknown>;
  /** Why it was refused, if it was. */
  problem?: string;
}

const DRAFT = "pht_rehab.session";
const OUTBOX = "pht_rehab.outbox";
const DRAFT_MS = 12 * 3_600_000;

function read<T>(key: string, fallback: T): T {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? "null") as T | null) ?? fallback;
  } catch {
    return fallback;
  }
}

function write(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Private windows may refuse; the session then lives as long as the page.
  }
}

export function saveDraft(draft: Draft | null): void {
  write(DRAFT, draft);
}

/** Return the session of this date that a reload or a killed app cut off. */
export function draftOf(entryId: string, date: string, now = Date.now()): Draft | undefined {
  const found = read<Draft | null>(DRAFT, null);
  const fits = found && found.entryId === entryId && found.date === date;
  return fits && now - found.savedAt < DRAFT_MS ? found : undefined;
}

export function parcels(entryId?: string): Parcel[] {
  return read<Parcel[]>(OUTBOX, []).filter((one) => !entryId || one.entryId === entryId);
}

export function post(parcel: Parcel): void {
  const id = parcel.data["session_id"];
  write(OUTBOX, [...parcels().filter((one) => one.data["session_id"] !== id), parcel]);
}

export function takeOut(parcel: Parcel): void {
  const id = parcel.data["session_id"];
  const left = parcels().filter((one) => one.data["session_id"] !== id);
  write(OUTBOX, left.length ? left : null);
}

/** Whether something is still to be told on this device; from now on it has been. */
export function tellOnce(what: string): boolean {
  const key = `pht_rehab.told.${what}`;
  const told = read<boolean>(key, false);
  write(key, true);
  return !told;
}

/** An id for a session; `crypto.randomUUID` is not there on plain http. */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const REFUSALS = new Set(["service_validation_error", "unauthorized", "invalid_format"]);

/**
 * Whether the same would be refused again. Everything else may pass: no connection, a Home
 * Assistant that is starting and does not know the action yet, a disk that is full.
 */
export function isRefused(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && REFUSALS.has(code);
}
