/**
 * Sessions and runs on their way: kept in the browser until Home Assistant has stored them.
 * Sending one twice does no harm, for it is logged once under its id.
 */

import type { Answer, Programme } from "./programme";
import type { Exercise, OneSide, Step } from "./types";

export interface Draft {
  entryId: string;
  sessionId: string;
  date: string;
  exercises: Exercise[];
  steps: Step[];
  playback: { index: number; elapsed: number; done: number[] };
  pain: number | null;
  pains?: Partial<Record<OneSide, number | null>>;
  sides?: OneSide[];
  effort: number | null;
  cutShort: boolean;
  painkiller?: boolean;
  single: boolean;
  savedAt: number;
}

export interface Parcel {
  entryId: string;
  /** What it is logged by, `log_session` where nothing else is said. */
  action?: "log_run";
  data: Record<string, unknown>;
  /** Why it was refused, if it was. */
  problem?: string;
}

const DRAFT = "pht_rehab.session.";
const OUTBOX = "pht_rehab.outbox";
const DRAFT_MS = 12 * 3_600_000;

/** What the browser would not store (a private window, a full disk): it lives with the page. */
const unstored = new Map<string, string>();

function read<T>(key: string, fallback: T): T {
  try {
    const found = unstored.get(key) ?? localStorage.getItem(key);
    return (JSON.parse(found ?? "null") as T | null) ?? fallback;
  } catch {
    return fallback;
  }
}

function write(key: string, value: unknown): void {
  unstored.delete(key);
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    if (value !== null) unstored.set(key, JSON.stringify(value));
  }
}

/** Keep a session under way; one in which nothing was done or said yet is not worth it. */
export function saveDraft(draft: Draft): void {
  const empty = !draft.playback.done.length && draft.pain === null && draft.effort === null;
  if (!empty) write(DRAFT + draft.entryId, draft);
}

/** Forget a session: it was sent, or the person does not want it. Another one is left alone. */
export function forgetDraft(entryId: string, sessionId: string): void {
  const found = read<Draft | null>(DRAFT + entryId, null);
  if (found?.sessionId === sessionId) write(DRAFT + entryId, null);
}

/** Return the session that a reload or a killed app cut off, also over midnight. */
export function draftOf(entryId: string, now = Date.now()): Draft | undefined {
  const found = read<Draft | null>(DRAFT + entryId, null);
  return found && now - found.savedAt < DRAFT_MS ? found : undefined;
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
  forgetDraft(parcel.entryId, String(id));
}

/** Call the action of a parcel; what it answers, or why not. */
export async function send(programme: Programme, parcel: Parcel): Promise<Answer> {
  const answer = await programme.act(parcel.action ?? "log_session", parcel.data);
  takeOut(parcel);
  return answer;
}

/**
 * Send it now; undefined while Home Assistant cannot be reached, when it is kept for later.
 * Throws if it is refused: it is not kept then.
 */
export async function deliver(programme: Programme, parcel: Parcel): Promise<Answer | undefined> {
  post(parcel);
  try {
    return await send(programme, parcel);
  } catch (error) {
    if (!isRefused(error)) return undefined;
    takeOut(parcel);
    throw error;
  }
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
