import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  draftOf,
  forgetDraft,
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
  playback: { index: 3, elapsed: 100, done: [1] },
  pain: null,
  effort: null,
  cutShort: false,
  single: false,
  savedAt: 1_000,
};
const parcel = (id: string, entryId = "anna") => ({ entryId, data: { session_id: id } });

beforeEach(() => localStorage.clear());

describe("an interrupted session", () => {
  it("is found again for its programme, also over midnight", () => {
    saveDraft(DRAFT);
    saveDraft({ ...DRAFT, entryId: "ben", sessionId: "two" });
    expect(draftOf("anna", 2_000)).toEqual(DRAFT);
    expect(draftOf("ben", 2_000)?.sessionId).toBe("two");
    expect(draftOf("anna", 1_000 + 12 * 3_600_000)).toBeUndefined();
  });

  it("is not kept before anything was done or said", () => {
    saveDraft({ ...DRAFT, playback: { index: 1, elapsed: 0, done: [] } });
    expect(draftOf("anna", 2_000)).toBeUndefined();
  });

  it("is forgotten by its own id only", () => {
    saveDraft(DRAFT);
    forgetDraft("anna", "another");
    expect(draftOf("anna", 2_000)).toBeDefined();
    takeOut(parcel("one"));
    expect(draftOf("anna", 2_000)).toBeUndefined();
  });

  it("lives with the page where the browser stores nothing", () => {
    const store = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("full");
    });
    post(parcel("kept"));
    expect(parcels("anna")).toEqual([parcel("kept")]);
    takeOut(parcel("kept"));
    expect(parcels("anna")).toEqual([]);
    store.mockRestore();
  });

  it("is not there if what was stored cannot be read", () => {
    localStorage.setItem("pht_rehab.session.anna", "{");
    expect(draftOf("anna")).toBeUndefined();
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
