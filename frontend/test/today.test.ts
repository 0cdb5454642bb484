/** What comes before everything else today, ticking an exercise, and going on after a pause. */

import { render } from "lit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Overlay } from "../src/overlay";
import { notices, today } from "../src/today";
import type { Reason, ReadModel } from "../src/types";
import { BOTH, MODEL } from "./golden";
import { button, known, quietHome } from "./home";

const home = quietHome();
const why = (id: string, text: string): Reason => ({ id, text, until: null });

async function view(model: ReadModel): Promise<[HTMLElement, ReadModel]> {
  const own = await known(model, home);
  const root = document.createElement("div");
  document.body.append(root);
  render([notices(own), today(own, { voice: false, compact: false, online: true })], root);
  return [root, own];
}

async function opened(tag: string): Promise<ShadowRoot> {
  const sheet = document.querySelector<Overlay>(tag)!;
  await sheet.updateComplete;
  return sheet.shadowRoot!;
}

const banner = (root: ParentNode, heading: string): Element | undefined =>
  [...root.querySelectorAll(".banner")].find(
    (one) => one.querySelector("h3")?.textContent === heading,
  );

beforeEach(() => {
  home.calls = [];
  home.fails = undefined;
  localStorage.clear();
});
afterEach(() => document.body.replaceChildren());

describe("a tick", () => {
  it.each([
    [false, "completed"],
    [true, "needs_action"],
  ])("on an exercise that is done: %s, makes it %s on the list", async (done, status) => {
    const exercises = MODEL.session.exercises.map((one) => ({
      ...one,
      item: `${one.id}:left`, // as where each side has a dose of its own
      done,
    }));
    const [root, model] = await view({ ...MODEL, session: { ...MODEL.session, exercises } });
    const ticks = root.querySelectorAll<HTMLButtonElement>(".tick");
    expect(ticks).toHaveLength(exercises.length);
    expect(ticks[1]!.getAttribute("aria-checked")).toBe(String(done));
    ticks[1]!.click();
    const item = `${model.today}:${exercises[1]!.item}`;
    await vi.waitFor(() =>
      expect(home.calls).toEqual([
        ["todo", "update_item", { item, status }, { entity_id: "todo.anna_today" }, false],
      ]),
    );
  });

  it("that is refused leaves the list as it is", async () => {
    home.fails = { code: "service_validation_error" };
    const [root] = await view(MODEL);
    root.querySelector<HTMLButtonElement>(".tick")!.click();
    await vi.waitFor(() => expect(home.calls).toHaveLength(1));
    const [first] = MODEL.session.exercises;
    expect(root.querySelector(".tick")!.getAttribute("aria-checked")).toBe(String(first!.done));
  });
});

describe("a flare-up", () => {
  it("comes first, with what to do and what it waits for", async () => {
    const [root, model] = await view(BOTH);
    const told = banner(root, "flare_up")!;
    expect(told).toBe(root.querySelector(".banner"));
    expect(told.classList).toContain("warn");
    expect(told.textContent).toContain("flare_up_help");
    expect(told.textContent).toContain(model.reasons[0]!.text);
  });

  it("is told by its own words where a day off is the first reason", async () => {
    const reasons = [why("skipped", "A day off"), why("flare_settling", "Day 2")];
    const told = banner((await view({ ...BOTH, reasons }))[0], "flare_up")!;
    expect(told.textContent).toContain("Day 2");
    expect(told.textContent).not.toContain("A day off");
  });

  it("is no word where there is none", async () => {
    expect(banner((await view(MODEL))[0], "flare_up")).toBeUndefined();
  });
});

describe("a prescriber's hold", () => {
  const held = { prescriber_hold: true, reasons: [why("contact_prescriber", "Ask first")] };

  it("says why, and is lifted by what a clinician said", async () => {
    const [root] = await view({ ...MODEL, ...held });
    const told = banner(root, "prescriber_hold")!;
    expect(told.textContent).toContain("Ask first");
    button(told, "unlock")!.click();
    expect((await opened("pht-rehab-unlock")).querySelector("textarea")).not.toBeNull();
  });

  it("cannot be lifted by whoever may only look", async () => {
    const [root] = await view({ ...MODEL, ...held, control: false });
    expect(button(banner(root, "prescriber_hold")!, "unlock")).toBeUndefined();
  });

  it("is not told beside a lock, which is more", async () => {
    const locked = { ...MODEL, ...held, kind: "locked", lock: "clinician" } as const;
    const [root] = await view(locked);
    expect(banner(root, "prescriber_hold")).toBeUndefined();
    expect(banner(root, "locked")).toBeDefined();
  });
});

describe("a hold of running and hopping", () => {
  const held = { impact_hold: "No running or hopping" };
  const notice = (root: HTMLElement): Element | undefined =>
    [...root.querySelectorAll(".banner")].find((one) => one.textContent?.includes(held.impact_hold));

  it("says why, and is lifted by what a clinician said", async () => {
    const told = notice((await view({ ...MODEL, ...held }))[0])!;
    expect(button(told, "unlock")).toBeDefined();
    const read = notice((await view({ ...MODEL, ...held, control: false }))[0])!;
    expect(button(read, "unlock")).toBeUndefined();
  });

  it("waits until a hold that is more is lifted", async () => {
    const first = { ...MODEL, ...held, prescriber_hold: true };
    expect(notice((await view(first))[0])).toBeUndefined();
    expect(notice((await view(MODEL))[0])).toBeUndefined();
  });
});

describe("a programme that is paused", () => {
  it.each([
    [false, "resume_help"],
    [true, "resume_clinical"],
  ])("by a clinician: %s, goes on when it is told to", async (clinical_pause, words) => {
    const reasons = [why("paused", "Away")];
    const paused = { ...MODEL, kind: "paused", clinical_pause, reasons } as const;
    const morning_check = { ...MODEL.morning_check, open: false };
    const [root, model] = await view({ ...paused, morning_check });
    expect(root.querySelector(".banner")!.textContent).toContain("Away");
    button(root, "resume_programme")!.click();
    const sheet = await opened("pht-rehab-resume");
    expect(sheet.querySelector(".stack > p")!.textContent).toBe(words);
    expect(home.calls).toEqual([]); // nothing before it is confirmed
    button(sheet, "resume_programme")!.click();
    await vi.waitFor(() => expect(sheet.textContent).toContain("saved"));
    expect(home.calls.map((call) => call.slice(0, 3))).toEqual([
      ["pht_rehab", "resume", { config_entry_id: model.entry_id, language: "en" }],
    ]);
  });
});

describe("what the next stage waits for", () => {
  const line = (id: string, met: boolean | null) =>
    ({ id, met, value: null, target: 1, text: `Line ${id}` }) as const;
  const told = async (change: Partial<ReadModel>): Promise<string | undefined> => {
    const [root] = await view({ ...MODEL, ...change });
    return [...root.querySelectorAll("p")]
      .map((one) => one.textContent!.replaceAll(/\s+/g, " ").trim())
      .find((words) => words.startsWith("waits "));
  };
  const next = { next_stage_name: "The next" };

  it("is the first line that is not met or not known, and how many more", async () => {
    const criteria = [line("a", true), line("b", null), line("c", false), line("d", false)];
    expect(await told({ ...next, criteria })).toBe("waits The next Line b, waits_more_other 2");
    expect(await told({ ...next, criteria: criteria.slice(0, 3) })).toBe(
      "waits The next Line b, waits_more_one 1",
    );
    expect(await told({ ...next, criteria: criteria.slice(0, 2) })).toBe("waits The next Line b");
  });

  it("is nothing where all is met, nothing comes next, or the programme is on hold", async () => {
    const criteria = [line("b", false)];
    expect(await told({ ...next, criteria: [line("a", true)] })).toBeUndefined();
    expect(await told({ next_stage_name: null, criteria })).toBeUndefined();
    expect(await told({ ...next, criteria, kind: "locked", lock: "clinician" })).toBeUndefined();
  });
});

describe("the drawings of the list", () => {
  it("work with the side of their dose, else with the affected one", async () => {
    const [first] = MODEL.session.exercises;
    const sides = ["left", "right", "both", "each"] as const;
    const exercises = sides.map((side) => ({ ...first!, side, item: side }));
    const session = { ...MODEL.session, exercises };
    const mirrored = async (worse_side: "left" | "right"): Promise<boolean[]> => {
      const [root] = await view({ ...MODEL, worse_side, session });
      const figures = [...root.querySelectorAll(".list pht-rehab-figure")];
      return figures.map((one) => one.hasAttribute("mirrored"));
    };
    expect(await mirrored("left")).toEqual([true, false, true, true]);
    expect(await mirrored("right")).toEqual([true, false, false, false]);
  });
});
