import { beforeEach, describe, expect, it } from "vitest";
import {
  draftOf,
  freshId,
  isRefused,
  parcels,
  post,
  saveDraft,
  takeOut,
  tellOnce,
  type Draft,
} from "../src/outbox";

const DRAFT: Draft = {
  entryId: "anna",
  sessionId: "one",
  date: "2026-03-16",
  exercises: [],
  steps: [],
  playback: { index: 3, elapsed: 100, done: {} },
  pain: null,
  cutShort: false,
  savedAt: 1_000,
};
const parcel = (id: string, entryId = "anna") => ({ entryId, data: { session_id: id } });

beforeEach(() => localStorage.clear());

describe("an interrupted session", () => {
  it("is found again on its day, for its programme", () => {
    saveDraft(DRAFT);
    expect(draftOf("anna", "2026-03-16", 2_000)).toEqual(DRAFT);
    expect(draftOf("ben", "2026-03-16", 2_000)).toBeUndefined();
    expect(draftOf("anna", "2026-03-17", 2_000)).toBeUndefined();
    expect(draftOf("anna", "2026-03-16", 1_000 + 12 * 3_600_000)).toBeUndefined();
  });

  it("is gone once it was sent", () => {
    saveDraft(DRAFT);
    saveDraft(null);
    expect(draftOf("anna", "2026-03-16", 2_000)).toBeUndefined();
  });

  it("is not there if what was stored cannot be read", () => {
    localStorage.setItem("pht_rehab.session", "{");
    expect(draftOf("anna", "2026-03-16")).toBeUndefined();
  });
});

describe("sessions on their way", () => {
  it("are kept once each until they are taken out", () => {
    post(parcel("one"));
    post(parcel("two", "ben"));
    post(parcel("one"));
    expect(parcels()).toHaveLength(2);
    expect(parcels("anna")).toEqual([parcel("one")]);
    takeOut(parcel("one"));
    expect(parcels()).toEqual([parcel("two", "ben")]);
    takeOut(parcel("two", "ben"));
    expect(localStorage.length).toBe(0);
  });

  it("have ids of their own", () => {
    expect(freshId()).toMatch(/^[0-9a-f]{32}$/);
    expect(freshId()).not.toBe(freshId());
  });
});

it("tells what is told once on a device", () => {
  expect(tellOnce("screen")).toBe(true);
  expect(tellOnce("screen")).toBe(false);
  expect(tellOnce("other")).toBe(true);
});

describe("a refusal", () => {
  it.each([
    [{ code: "service_validation_error", message: "no" }, true],
    [{ code: "unauthorized" }, true],
    [{ code: "not_found", message: "the action is not there yet" }, false],
    [{ code: "home_assistant_error", message: "the disk is full" }, false],
    [{ code: 3, message: "Connection lost" }, false],
    [3, false],
    [{ type: "result", error: { code: 3 } }, false],
    [new TypeError("a mistake of ours"), false],
  ])("%j would come again: %s", (error, refused) => {
    expect(isRefused(error)).toBe(refused);
  });
});
