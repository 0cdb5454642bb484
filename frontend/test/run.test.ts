/** Running on the card: every state it can be in, logging a run, and what the weeks behind show. */

import { render } from "lit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { describe as say, PhtChart } from "../src/chart";
import { parcels, post } from "../src/outbox";
import type { Overlay } from "../src/overlay";
import { PhtProgress } from "../src/progress";
import { showRun } from "../src/run";
import { showEntry } from "../src/sheets";
import { notices, today } from "../src/today";
import type { LogEntry, ReadModel, Running } from "../src/types";
import { RUNNER as MODEL } from "./golden";
import { button, known as knownAs, nextId, quietHome } from "./home";

const RUNNING = MODEL.running!;
const PLANNED = RUNNING.today!;
const NOT_MET = { id: "test_hops", met: false, value: 3, target: 10, text: "Hops" } as const;
const MET = { id: "rest_pain", met: true, value: 0, target: 0, text: "Rest" } as const;
const home = quietHome();

const known = (change: Partial<ReadModel> = {}): Promise<ReadModel> =>
  knownAs({ ...MODEL, ...change }, home);

const running = (change: Partial<Running>): Partial<ReadModel> => ({
  running: { ...RUNNING, ...change },
});

async function view(change: Partial<ReadModel> = {}, compact = false): Promise<HTMLElement> {
  const model = await known(change);
  const root = document.createElement("div");
  document.body.append(root);
  render(today(model, { voice: true, compact, online: true }), root);
  return root;
}

const primary = (root: ParentNode): string => root.querySelector(".next")?.textContent?.trim() ?? "";

async function drawn(overlay: Overlay): Promise<ShadowRoot> {
  await overlay.updateComplete;
  return overlay.shadowRoot!;
}

beforeEach(() => {
  home.calls = [];
  home.answer = {
    response: "awaiting_morning_check",
    reasons: [{ id: "why", text: "Because", until: null }],
  };
  home.fails = undefined;
  localStorage.clear();
});
afterEach(() => document.body.replaceChildren());

describe("today", () => {
  it("has the run first, before strength, with its dose and how to run behind a tap", async () => {
    const root = await view();
    const block = root.querySelector(".run")!;
    expect(block.querySelector("h3")!.textContent).toBe("run_at R5");
    expect(block.textContent).toContain(PLANNED.dose);
    expect(block.querySelector("details")!.open).toBe(false);
    expect(block.querySelector("details")!.textContent).toContain(RUNNING.how_to);
    expect(primary(root)).toBe("log_run");
    expect(button(root, "start_session")).toBeDefined();
    expect(button(root, "log_other_run")).toBeUndefined();
    expect(root.textContent).toContain("step S3.a1 · run_at R5");
    expect(root.textContent).not.toContain("cross_training");
  });

  it.each([
    [4, 9, "next_step_in_other 4"],
    [4, 4, "next_stage_in_other 4"],
    [0, 3, "next_step_today"],
    [0, 0, "next_stage_today"],
  ])("says in %d days, a stage in %d, what comes next", async (step, stage, told) => {
    const model = { days_to_next_progression: step, days_to_next_stage: stage };
    expect((await view(model)).querySelector(".quiet")!.textContent).toContain(told);
  });

  it("asks only the safety questions that are due, all of them after a long absence", async () => {
    const asked = async (change: Partial<ReadModel>, name: string): Promise<number> => {
      document.body.replaceChildren();
      const root = document.createElement("div");
      render(notices(await known(change)), root);
      button(root, name)!.click();
      const sheet = document.querySelector<Overlay>("pht-rehab-symptoms")!;
      return (await drawn(sheet)).querySelectorAll("input").length;
    };
    expect(await asked({ ask_again: ["swollen_calf"] }, "ask_again")).toBe(1);
    const locked: Partial<ReadModel> = { kind: "locked", lock: "screening" };
    expect(await asked(locked, "screen_again")).toBe(MODEL.symptoms.length);
  });

  it("calls a light day's step no step of the stage", async () => {
    expect((await view({ kind: "loading" })).textContent).toContain("step S3.a1 ·");
    const light = await view({ kind: "light", dose_step: "I0.1" });
    expect(light.textContent).toContain("light_step I0.1 ·");
  });

  it("says once that it is a rest day, and why it is one if there is more to say", async () => {
    const session = { ...MODEL.session, exercises: [] };
    const told = async (id: string): Promise<string[]> => {
      const reasons = [{ id, text: "Because", until: null }];
      const root = await view({ kind: "rest", session, reasons, running: null });
      return [...root.querySelectorAll(".banner p")].map((line) => line.textContent!);
    };
    expect(await told("rest_day")).not.toContain("Because");
    expect(await told("spacing")).toContain("Because");
  });

  it("does not wait for nothing", async () => {
    const waits = async (met: boolean): Promise<boolean> =>
      (await view({ criteria: [{ ...NOT_MET, met }] })).textContent!.includes("waits_for");
    expect(await waits(false)).toBe(true);
    expect(await waits(true)).toBe(false);
  });

  it("has no test due once the session is done, for tests come before it", async () => {
    const session = { ...MODEL.session, tests: ["hops"] };
    expect(button(await view({ session }), "tests")!.textContent).toContain("due_today");
    const done = await view({ session: { ...session, logged: true } });
    expect(button(done, "tests")!.textContent).not.toContain("due_today");
  });

  it("adds a cue where there is one", async () => {
    const words = (root: HTMLElement): string => root.querySelector(".run")!.textContent!;
    expect(words(await view(running({ today: { ...PLANNED, cue: "Quicker" } })))).toContain(
      "Quicker",
    );
    expect(words(await view())).not.toContain("Quicker");
  });

  it("says nothing of strength after a run where none is left", async () => {
    const session = { ...MODEL.session, exercises: [] };
    const root = await view({ ...running({ done: true }), session });
    expect(root.querySelector(".ran")!.textContent).not.toContain("run_then");
  });

  it("asks for the morning check before the run", async () => {
    const root = await view({ morning_check: { ...MODEL.morning_check, open: true } });
    expect(primary(root)).toBe("morning_check");
    expect(button(root, "log_run")).toBeDefined();
  });

  it("shows the run on a small screen too", async () => {
    expect((await view({}, true)).querySelector(".run")).not.toBeNull();
  });

  it("says that it is done, and still takes another", async () => {
    const root = await view(running({ done: true }));
    expect(root.querySelector(".ran")!.textContent).toContain("run_done");
    expect(root.querySelector(".ran")!.textContent).toContain("run_then");
    expect(button(root, "log_run")).toBeUndefined();
    button(root, "log_other_run")!.click();
    expect(document.querySelector("pht-rehab-run")).not.toBeNull();
  });

  it("counts one that waits to be sent as done, unless it was refused", async () => {
    const data = { session_id: "one", date: MODEL.today };
    post({ entryId: nextId(), action: "log_run", data });
    expect((await view()).querySelector(".ran")).not.toBeNull();
    post({ entryId: nextId(), action: "log_run", data, problem: "no" });
    expect((await view()).querySelector(".run")).not.toBeNull();
    post({ entryId: nextId(), action: "log_run", data: { ...data, date: "2026-03-01" } });
    expect((await view()).querySelector(".run")).not.toBeNull();
  });

  it.each([
    [[{ id: "spacing", text: "Rest until Friday.", until: "2026-03-06" }], "run_none: Rest until Friday."],
    [[], "run_none."],
  ])("says in a line why there is none: %o", async (reasons, told) => {
    const root = await view(running({ today: null, allowed: false, reasons }));
    const lines = [...root.querySelectorAll("p")].map((line) => line.textContent!.trim());
    expect(lines).toContain(told);
    expect(button(root, "log_other_run")).toBeUndefined(); // other than which?
    expect(button(root, "log_run")).toBeDefined();
  });

  it("lists what else may be done whenever there is no run", async () => {
    const root = await view(running({ today: null }));
    const list = [...root.querySelectorAll("details")].find((one) =>
      one.textContent!.includes("cross_training"),
    )!;
    expect(list.open).toBe(false);
    expect(list.textContent).toContain(MODEL.cross_training!.rule);
    expect(list.querySelectorAll("li")).toHaveLength(MODEL.cross_training!.allowed.length);
    const without = await view({ ...running({ today: null }), cross_training: null });
    expect(without.textContent).not.toContain("cross_training");
  });

  it("shows the way back line by line, with the tests to do", async () => {
    const gate = [NOT_MET, MET, { ...MET, id: "night_waking", met: null, text: "Nights" }];
    const root = await view(running({ step: "R0", today: null, allowed: false, gate }));
    const block = root.querySelector(".way-back")!;
    expect(block.querySelector("summary")!.textContent!.trim()).toBe("run_way_back 1 3");
    expect([...block.querySelectorAll("li")].map((line) => line.className)).toEqual([
      "not_met",
      "met",
      "unknown",
    ]);
    expect(root.textContent).not.toContain("run_at R0");
    button(block, "tests")!.click();
    expect(document.querySelector("pht-rehab-tests")).not.toBeNull();
  });

  it("offers no test where none is asked, or to who may only read", async () => {
    const gate = [NOT_MET];
    const off = running({ step: "R0", today: null, gate });
    expect(button((await view({ ...off, tests: [] })).querySelector(".way-back")!, "tests")).toBe(
      undefined,
    );
    expect(button((await view({ ...off, control: false })).querySelector(".way-back")!, "tests")).toBe(
      undefined,
    );
    const met = running({ step: "R0", today: null, gate: [{ ...NOT_MET, met: true }] });
    expect(button((await view(met)).querySelector(".way-back")!, "tests")).toBe(undefined);
  });

  it("begins with the first run once every line is met", async () => {
    const planned = { ...PLANNED, step: "R1" };
    const root = await view(running({ step: "R0", today: planned, gate: [MET] }));
    expect(root.querySelector(".run h3")!.textContent).toBe("run_at R1");
    expect(root.querySelector(".way-back")).toBeNull();
  });

  it.each(["locked", "paused"] as const)("is silent while the programme is %s", async (kind) => {
    const root = await view({ kind, cross_training: null });
    expect(root.querySelector(".run, .ran, .way-back")).toBeNull();
    expect(button(root, "log_run")).toBeUndefined();
    expect(button(root, "log_other_run")).toBeUndefined();
  });

  it("has nothing of running where it is no part of the goal", async () => {
    const root = await view({ running: null, energy_step: null });
    expect(root.querySelector(".run, .ran, .way-back")).toBeNull();
    expect(root.textContent).not.toContain("run_");
    expect(button(root, "log_other_run")).toBeUndefined();
  });

  it("names the step of hops and swings beside the strength's", async () => {
    const root = await view({ energy_step: "E2" });
    expect(root.textContent).toContain("step S3.a1 · energy_step E2 · run_at R5");
  });

  it("offers nothing to who may only read", async () => {
    const root = await view({ control: false });
    expect(root.querySelector(".run")).not.toBeNull();
    expect(root.querySelector("button:not([disabled])")).toBeNull();
  });
});

async function typed(root: ShadowRoot, field: number, value: number): Promise<void> {
  const input = root.querySelectorAll<HTMLInputElement>("input[type=number]")[field]!;
  input.value = String(value);
  Object.defineProperty(input, "valueAsNumber", { value, configurable: true });
  input.dispatchEvent(new Event("input"));
  await (root.host as Overlay).updateComplete;
}

async function score(root: ShadowRoot, field: number, value: number | null): Promise<void> {
  const choice = root.querySelectorAll("pht-rehab-score")[field]!;
  choice.dispatchEvent(new CustomEvent("score", { detail: value }));
  await (root.host as Overlay).updateComplete;
}

describe("logging a run", () => {
  it("takes the plan's minutes and one tap of pain, and says what it waits for", async () => {
    const model = await known();
    const root = await drawn(showRun(model.entry_id, PLANNED));
    expect(root.querySelector("h2")!.textContent).toBe("run_at R5");
    expect(root.querySelector<HTMLInputElement>("input[type=number]")!.value).toBe("20");
    expect(button(root, "save")!.disabled).toBe(true);
    await score(root, 0, 0);
    expect(button(root, "save")!.disabled).toBe(false);
    button(root, "save")!.click();
    await vi.waitFor(() => expect(root.textContent).toContain("Because"));
    expect(root.textContent).toContain("response_awaiting_morning_check");
    const [[, action, data]] = home.calls as [[string, string, Record<string, unknown>]];
    expect(action).toBe("log_run");
    expect(data).toMatchObject({
      config_entry_id: model.entry_id,
      date: model.today,
      minutes: 20,
      pain_during: 0,
      hills: false,
      fast: false,
    });
    expect(data["session_id"]).toMatch(/^[0-9a-f]{32}$/);
    expect(parcels()).toEqual([]);
  });

  it("expects of a fast run on hills that it was one", async () => {
    const model = await known();
    const root = await drawn(showRun(model.entry_id, { ...PLANNED, hills: true, fast: true, minutes: null }));
    const boxes = root.querySelectorAll<HTMLInputElement>("input[type=checkbox]");
    expect([...boxes].map((box) => box.checked)).toEqual([true, true, false]);
    expect(root.querySelector<HTMLInputElement>("input[type=number]")!.value).toBe("");
  });

  it("takes one that was not planned, of an earlier day, with all there is to say", async () => {
    const model = await known();
    const root = await drawn(showRun(model.entry_id, null));
    expect(root.querySelector("h2")!.textContent).toBe("run");
    await score(root, 0, 2);
    expect(button(root, "save")!.disabled).toBe(true); // no minutes
    await typed(root, 0, 0);
    expect(button(root, "save")!.disabled).toBe(true);
    await typed(root, 0, 12.5);
    await score(root, 1, 3);
    await typed(root, 1, 2.1);
    const on = root.querySelector<HTMLInputElement>("input[type=date]")!;
    expect([on.min, on.max, on.value]).toEqual([model.limits.first_day, model.today, model.today]);
    on.value = "2026-03-03";
    on.dispatchEvent(new Event("change"));
    button(root, "save")!.click();
    await vi.waitFor(() => expect(home.calls).toHaveLength(1));
    expect(home.calls[0]![2]).toMatchObject({
      minutes: 12.5,
      pain_during: 2,
      pain_after: 3,
      distance: 2.1,
      date: "2026-03-03",
    });
  });

  it("keeps it on the device without a connection, under the same id", async () => {
    home.fails = { code: 3 };
    const model = await known();
    const root = await drawn(showRun(model.entry_id, PLANNED));
    await score(root, 0, 1);
    button(root, "save")!.click();
    await vi.waitFor(() => expect(root.textContent).toContain("kept"));
    const [kept] = parcels(model.entry_id);
    expect(kept).toMatchObject({ action: "log_run", data: { minutes: 20, pain_during: 1 } });
    expect(kept!.data["session_id"]).toBe((home.calls[0]![2] as Record<string, unknown>)["session_id"]);
  });

  it("shows a refusal and loses nothing that was typed", async () => {
    home.fails = { code: "service_validation_error", message: "Too many minutes" };
    const model = await known();
    const root = await drawn(showRun(model.entry_id, PLANNED));
    await score(root, 0, 1);
    button(root, "save")!.click();
    await vi.waitFor(() => expect(root.textContent).toContain("Too many minutes"));
    expect(parcels()).toEqual([]);
    expect(button(root, "save")!.disabled).toBe(false);
    home.fails = undefined;
    button(root, "save")!.click();
    await vi.waitFor(() => expect(root.textContent).toContain("Because"));
    const ids = home.calls.map((call) => (call[2] as Record<string, unknown>)["session_id"]);
    expect(ids[0]).toBe(ids[1]);
  });

  it("says what locked the programme, if it did", async () => {
    const model = await known();
    const sheet = showRun(model.entry_id, PLANNED);
    const root = await drawn(sheet);
    await score(root, 0, 9);
    model.kind = "locked";
    button(root, "save")!.click();
    await vi.waitFor(() => expect(root.querySelector("[role=alert]")).not.toBeNull());
  });
});

describe("the weeks behind", () => {
  it("says a day with a run, and draws its minutes beside the load", async () => {
    const model = await known();
    const [day] = model.trend;
    expect(say(day!)).toContain("chart_run 19");
    expect(say(day!)).toContain("response_green");
    expect(say(model.trend[1]!)).not.toContain("chart_run");
    day!.load = 100;
    const chart = new PhtChart();
    chart.model = model;
    document.body.append(chart);
    await chart.updateComplete;
    const [load, ran] = ["load", "ran"].map((name) =>
      chart.shadowRoot!.querySelector(`rect.${name}`)!,
    );
    const end = Number(load!.getAttribute("x")) + Number(load!.getAttribute("width"));
    expect(Number(ran!.getAttribute("x"))).toBeCloseTo(end);
    expect(chart.shadowRoot!.querySelector(".legend .r")).not.toBeNull();
  });

  it("has no word of runs where there are none", async () => {
    const model = await known();
    model.trend = model.trend.slice(1);
    const chart = new PhtChart();
    chart.model = model;
    document.body.append(chart);
    await chart.updateComplete;
    expect(chart.shadowRoot!.querySelector(".legend .r, rect.ran")).toBeNull();
  });

  it("tells minutes, step, pain, response and reasons of a run", async () => {
    home.answer["entries"] = [
      {
        log_id: "run",
        kind: "run",
        date: MODEL.trend[0]!.date,
        voided: false,
        minutes: 19,
        distance: 3.2,
        dose_step: "R5",
        pain_during: 2,
        response: "green",
        reasons: [{ id: "green", text: "Calm run", until: null }],
      },
    ];
    const model = await known();
    const progress = new PhtProgress();
    progress.model = model;
    document.body.append(progress);
    await vi.waitFor(() => expect(progress.shadowRoot!.textContent).toContain("step R5"));
    const words = progress.shadowRoot!.querySelector(".entry")!.textContent!.replaceAll(/\s+/g, " ");
    expect(words).toContain(
      "step R5 · 19 field_minutes · 3.2 field_distance · field_pain_during 2 · response_green",
    );
    progress.chosen = 0;
    await progress.updateComplete;
    expect(progress.shadowRoot!.textContent).toContain("Calm run");
    expect(progress.shadowRoot!.textContent).toContain(model.trend[0]!.changes![0]!);
  });

  it("puts the pain of a run right, or takes the run back", async () => {
    const model = await known();
    const entry = { log_id: "run", kind: "run", date: model.today, pain_during: 2 } as unknown as LogEntry;
    const root = await drawn(showEntry(model.entry_id, entry));
    expect(root.querySelectorAll("pht-rehab-score")).toHaveLength(2);
    await score(root, 0, 4);
    button(root, "save")!.click();
    await vi.waitFor(() => expect(home.calls).toHaveLength(1));
    expect(home.calls[0]![0]).toMatchObject({
      type: "pht_rehab/correct",
      log_id: "run",
      scores: { pain_during: 4 },
    });
    const again = await drawn(showEntry(model.entry_id, entry));
    button(again, "take_back")!.click();
    await vi.waitFor(() => expect(home.calls).toHaveLength(2));
    expect(home.calls[1]!.slice(1, 3)).toEqual([
      "void_entry",
      { config_entry_id: model.entry_id, language: "en", log_id: "run" },
    ]);
  });
});

describe("a run that was counted and not logged", () => {
  it("is logged for its own date", async () => {
    const { entry_id } = await known();
    const sheet = showRun(entry_id, null, "2026-01-20");
    const root = await drawn(sheet);
    expect(root.textContent).toContain("January 20");
    expect(root.querySelector<HTMLInputElement>("input[type=date]")?.value).toBe("2026-01-20");
    const minutes = root.querySelector<HTMLInputElement>("input[type=number]")!;
    minutes.value = "25";
    minutes.dispatchEvent(new Event("input"));
    root.querySelector("pht-rehab-score")!.dispatchEvent(new CustomEvent("score", { detail: 0 }));
    await sheet.updateComplete;
    button(root, "save")!.click();
    await vi.waitFor(() => expect(home.calls).toHaveLength(1));
    expect(home.calls[0]?.[1]).toBe("log_run");
    expect(home.calls[0]?.[2]).toMatchObject({ date: "2026-01-20", minutes: 25, pain_during: 0 });
  });
});
