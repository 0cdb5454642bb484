/** The short forms, and what is heard during a session. */

import { render } from "lit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Cues } from "../src/cues";
import type { Overlay } from "../src/overlay";
import { play } from "../src/player";
import type { Answer } from "../src/programme";
import { PhtProgress } from "../src/progress";
import type { PhtScore } from "../src/score";
import { tone } from "../src/sheet";
import {
  fieldName,
  showConfirm,
  showEntry,
  showEvent,
  showMorning,
  showSymptoms,
  showTests,
  showUnlock,
} from "../src/sheets";
import type { LogEntry, ReadModel } from "../src/types";
import { showWeekly, weeklyCourse } from "../src/weekly";
import { MODEL } from "./golden";
import { button as found, known as knownAs, quietHome } from "./home";

const home = quietHome();

/** A programme of which a read model is known, with something other than usual in it. */
const known = (change: Partial<ReadModel> = {}): Promise<ReadModel> =>
  knownAs({ ...MODEL, ...change }, home);

async function drawn(overlay: Overlay): Promise<ShadowRoot> {
  await overlay.updateComplete;
  return overlay.shadowRoot!;
}

const button = (root: ShadowRoot, text: string): HTMLButtonElement => found(root, text)!;

beforeEach(() => {
  home.calls = [];
  home.answer = {
    reasons: [{ id: "why", text: "Because", until: null }],
    remarks: [{ id: "stretching", text: "Said once", source: "A source" }],
  };
  localStorage.clear();
});
afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

describe("moving on", () => {
  it("shows every criterion and confirms once", async () => {
    const model = await known({ ready: true });
    const sheet = showConfirm(model.entry_id);
    const root = await drawn(sheet);
    expect([...root.querySelectorAll("li")].map((line) => line.textContent)).toEqual(
      model.criteria.map((line) => line.text),
    );
    const confirm = button(root, "move_on");
    expect(confirm.disabled).toBe(false);
    confirm.click();
    await vi.waitFor(() => expect(root.textContent).toContain("Because"));
    model.next_stage_name = "The one after"; // as Home Assistant tells it by then
    sheet.requestUpdate();
    await sheet.updateComplete;
    expect((sheet as unknown as { stage: string }).stage).toBe(MODEL.next_stage_name);
    expect(home.calls.map((call) => call.slice(0, 3))).toEqual([
      ["pht_rehab", "progress", { config_entry_id: model.entry_id, language: "en" }],
    ]);
  });

  it("cannot be confirmed before it is ready", async () => {
    const { entry_id } = await known({ ready: false });
    const root = await drawn(showConfirm(entry_id));
    expect(button(root, "move_on").disabled).toBe(true);
  });
});

describe("tests", () => {
  it("offers those that are due or asked for, what is due first", async () => {
    const model = await known();
    const root = await drawn(showTests(model.entry_id));
    const offered = [...root.querySelectorAll(".stack > button")].map((one) => one.textContent!);
    const wanted = model.tests.filter((test) => test.due || test.asked);
    expect(offered).toHaveLength(wanted.length);
    expect(offered[0]).toContain("due_today");
  });

  it("logs both sides of one", async () => {
    const model = await known();
    const test = model.tests.find((one) => one.sided && one.asked)!;
    const sheet = showTests(model.entry_id, test);
    const root = await drawn(sheet);
    expect(button(root, "save").disabled).toBe(true);
    const [value, other] = root.querySelectorAll<HTMLInputElement>("input[type=number]");
    for (const [field, typed] of [[value, "21"], [other, "20"]] as const) {
      field!.value = typed;
      Object.defineProperty(field, "valueAsNumber", { value: Number(typed) });
      field!.dispatchEvent(new Event("input"));
    }
    await sheet.updateComplete;
    button(root, "save").click();
    await vi.waitFor(() => expect(home.calls).toHaveLength(1));
    expect(home.calls[0]!.slice(1, 3)).toEqual([
      "log_test",
      { config_entry_id: model.entry_id, language: "en", test: test.id, value: 21, other_side: 20 },
    ]);
  });

  it("asks for a painkiller where it asks for a score", async () => {
    const model = await known();
    const test = model.tests.find((one) => one.asked)!;
    const sheet = showTests(model.entry_id, test);
    const root = await drawn(sheet);
    const score = root.querySelector("pht-rehab-score")!;
    score.dispatchEvent(new CustomEvent("score", { detail: 1 }));
    root.querySelector<HTMLInputElement>(".check input")!.click();
    await sheet.updateComplete;
    button(root, "save").click();
    await vi.waitFor(() => expect(home.calls).toHaveLength(1));
    expect(home.calls[0]![2]).toMatchObject({ test: test.id, pain: 1, painkiller: true });
  });
});

describe("the symptoms", () => {
  it("are all offered to somebody who reports, and only those that are due when asked", async () => {
    const model = await known();
    const all = await drawn(showSymptoms(model.entry_id));
    expect(all.querySelector("h2")!.textContent).toBe("feels_wrong");
    expect(all.querySelectorAll("input")).toHaveLength(model.symptoms.length);
    const due = ["bruise_or_weakness", "swollen_calf"];
    const asked = await drawn(showSymptoms(model.entry_id, due));
    expect(asked.querySelector("h2")!.textContent).toBe("ask_again");
    expect([...asked.querySelectorAll("label")].map((one) => one.textContent?.trim())).toEqual(
      model.symptoms.filter((one) => due.includes(one.id)).map((one) => one.text),
    );
  });
});

describe("something else that happened", () => {
  it("is one of the known kinds, with minutes and a date if told, and its answer is shown", async () => {
    const model = await known();
    const sheet = showEvent(model.entry_id);
    const root = await drawn(sheet);
    expect(button(root, "save").disabled).toBe(true);
    const kinds = [...root.querySelectorAll<HTMLInputElement>("input[name=kind]")];
    expect(kinds).toHaveLength(model.events.length);
    kinds[model.events.findIndex((one) => one.id === "stretching")]!.click();
    const date = root.querySelector<HTMLInputElement>("input[type=date]")!;
    expect([date.min, date.max, date.value]).toEqual([
      model.limits.first_day,
      model.today,
      model.today,
    ]);
    date.value = model.limits.first_day;
    date.dispatchEvent(new Event("change"));
    await sheet.updateComplete;
    expect(root.textContent).not.toContain("will_hold");
    button(root, "save").click();
    await vi.waitFor(() => expect(root.textContent).toContain("Said once"));
    expect(root.textContent).toContain("A source");
    expect(home.calls[0]!.slice(1, 3)).toEqual([
      "log_event",
      { config_entry_id: model.entry_id, language: "en", kind: "stretching", date: model.limits.first_day },
    ]);
  });

  it("says before it is sent that it holds the programme", async () => {
    const model = await known();
    const sheet = showEvent(model.entry_id);
    const root = await drawn(sheet);
    const kinds = root.querySelectorAll<HTMLInputElement>("input[name=kind]");
    kinds[model.events.findIndex((one) => one.id === "surgery")]!.click();
    await sheet.updateComplete;
    expect(root.textContent).toContain("will_hold");
  });
});

describe("what the next stage needs to know besides", () => {
  const why = { id: "report_needed", text: "Sitting is not known", until: null };
  it.each([
    [[], [], false],
    [[why], [], true],
    [[{ ...why, text: "A run" }], [{ log_id: "run", date: "2026-01-20", text: "A run" }], false],
  ])("is open in the morning check with the reason, %#", async (reasons, noticed, open) => {
    const { entry_id } = await known({ reasons, noticed });
    const details = (await drawn(showMorning(entry_id))).querySelector("details")!;
    expect(details.open).toBe(open);
    expect(details.textContent!.includes(why.text)).toBe(open);
  });
});

describe("the morning check", () => {
  const open = async (change: Partial<ReadModel> = {}): Promise<[ShadowRoot, Overlay]> => {
    const sheet = showMorning((await known(change)).entry_id);
    return [await drawn(sheet), sheet];
  };
  const score = (root: ShadowRoot, label: string, value: number): void => {
    const field = [...root.querySelectorAll<PhtScore>("pht-rehab-score")].find((one) =>
      one.label.startsWith(label),
    );
    field!.shadowRoot!.querySelector<HTMLElement>(`[data-score="${value}"]`)!.click();
  };
  const nights = (root: ShadowRoot): HTMLInputElement[] => [
    ...root.querySelectorAll<HTMLInputElement>("input[name=night_waking]"),
  ];
  const saved = async (root: ShadowRoot, sheet: Overlay): Promise<unknown> => {
    await sheet.updateComplete;
    button(root, "save").click();
    await vi.waitFor(() => expect(home.calls).toHaveLength(1));
    expect(home.calls[0]![1]).toBe("log_morning_check");
    const { config_entry_id: _id, language: _language, ...told } = home.calls[0]![2] as Record<string, unknown>;
    return told;
  };

  it("sends all that was told of the night and of the day before", async () => {
    const { today } = MODEL;
    const check = { ...MODEL.morning_check, ask_pain_after: today };
    const [root, sheet] = await open({ morning_check: check });
    score(root, "morning_pain", 0);
    score(root, "pain_after", 2);
    score(root, "rest_pain", 1);
    const minutes = root.querySelector<HTMLInputElement>("input[type=number]")!;
    Object.defineProperty(minutes, "valueAsNumber", { value: 45 });
    minutes.dispatchEvent(new Event("input"));
    nights(root)[0]!.click();
    root.querySelector<HTMLInputElement>("input[type=checkbox]")!.click();
    expect(await saved(root, sheet)).toEqual({
      pain: 0,
      pain_after: 2,
      rest_pain: 1,
      sitting_minutes: 45,
      night_waking: true,
      painkiller: true,
    });
  });

  it.each([
    ["a quiet night", [1], { night_waking: false }],
    ["nothing of the night, which is not a quiet one", [], {}],
    ["nothing of the night once that is taken back", [1, 1], {}],
    ["the night as it was told last", [1, 0], { night_waking: true }],
  ])("sends %s", async (_of, taps, told) => {
    const [root, sheet] = await open();
    score(root, "morning_pain", 1);
    for (const tap of taps) {
      nights(root)[tap]!.click();
      await sheet.updateComplete;
    }
    const chosen = nights(root).map((one) => one.checked);
    const { night_waking: woken } = told as { night_waking?: boolean };
    expect(chosen).toEqual([woken === true, woken === false]);
    const sent = await saved(root, sheet);
    expect(JSON.parse(JSON.stringify(sent))).toEqual({ pain: 1, ...told });
  });

  it("asks for the pain of the day before only where it is not known", async () => {
    const check = { ...MODEL.morning_check, ask_pain_after: null };
    const [root] = await open({ morning_check: check });
    expect(root.textContent).not.toContain("pain_after");
    expect(root.textContent).toContain("night_waking");
  });
});

describe("a run that was counted and not logged", () => {
  it("is told in the morning check", async () => {
    const text = "About 4.2 km were run";
    const { entry_id } = await known({ noticed: [{ log_id: "run", date: "2026-01-20", text }] });
    expect((await drawn(showMorning(entry_id))).textContent).toContain(text);
  });
});

describe("the weekly check", () => {
  const answers = {
    longest_sitting: 45,
    worst_pain: 3,
    bending_pain: 0,
    walking_pain: 1,
    activity_share: 60,
    hardest_activity: "moderate",
    confidence: 7,
    disturbed_nights: 1,
  };

  /** Answer one question as a thumb would. */
  function tap(root: ShadowRoot, name: string, value: number | string): void {
    const choice = [...root.querySelectorAll<HTMLInputElement>(`input[name=${name}]`)];
    if (choice.length) {
      const { questions } = MODEL.weekly_check;
      const choices = questions.find((one) => one.name === name)!.choices;
      choice[choices.findIndex((one) => one.value === value)]!.click();
    } else {
      const text = MODEL.weekly_check.questions.find((one) => one.name === name)!.text;
      const score = [...root.querySelectorAll<PhtScore>("pht-rehab-score")].find(
        (one) => one.label === text,
      );
      score!.shadowRoot!.querySelector<HTMLElement>(`[data-score="${value}"]`)!.click();
    }
  }

  it("asks what the log does not give, and is saved once all of it is answered", async () => {
    const model = await known();
    const sheet = showWeekly(model.entry_id);
    const root = await drawn(sheet);
    for (const [name, value] of Object.entries(answers)) {
      expect(button(root, "save").disabled).toBe(true);
      tap(root, name, value);
      await sheet.updateComplete;
    }
    expect(root.querySelectorAll("input[name=morning_mean]")).toHaveLength(0);
    button(root, "save").click();
    await vi.waitFor(() => expect(home.calls).toHaveLength(1));
    expect(home.calls[0]!.slice(1, 3)).toEqual([
      "log_weekly_check",
      { config_entry_id: model.entry_id, language: "en", ...answers },
    ]);
  });

  it("asks for the bridges where no test tells them", async () => {
    const questions = MODEL.weekly_check.questions.map((one) => ({ ...one, computed: null }));
    const model = await known({ weekly_check: { ...MODEL.weekly_check, questions } });
    const root = await drawn(showWeekly(model.entry_id));
    expect(root.querySelectorAll("label > input[type=number]")).toHaveLength(2); // and VISA-H
    expect(root.textContent).not.toContain("weekly_known");
  });

  it("sends a VISA-H total alone", async () => {
    const model = await known();
    const sheet = showWeekly(model.entry_id);
    const root = await drawn(sheet);
    tap(root, "confidence", 7);
    const field = root.querySelector<HTMLInputElement>("details input")!;
    Object.defineProperty(field, "valueAsNumber", { value: 64 });
    field.dispatchEvent(new Event("input"));
    await sheet.updateComplete;
    button(root, "visa_h_save").click();
    await vi.waitFor(() => expect(home.calls).toHaveLength(1));
    expect(home.calls[0]![2]).toEqual({ config_entry_id: model.entry_id, language: "en", visa_h_total: 64 });
  });

  it("shows total and change as figures, and its course with a VISA-H apart", async () => {
    const model = await known();
    const box = document.createElement("div");
    render(weeklyCourse(model), box);
    expect(box.textContent).toContain("weekly_total");
    expect(box.textContent).toContain("visa_h_last");
    expect(box.querySelectorAll("circle")).toHaveLength(MODEL.weekly_check.scores.length);
    const none = { ...MODEL.weekly_check, scores: [], visa_h: [] };
    render(weeklyCourse({ ...model, weekly_check: none, control: false }), box);
    expect(box.textContent?.trim()).toBe("");
  });
});

describe("the diary", () => {
  it("tells with a morning check of the session before", () => {
    expect(fieldName({ kind: "session" } as LogEntry, "pain_after")).toBe("field_pain_after");
    expect(fieldName({ kind: "morning_check" } as LogEntry, "pain")).toBe("field_pain");
    expect(fieldName({ kind: "morning_check" } as LogEntry, "pain_after")).toBe(
      "pain_after_session",
    );
  });
});

describe("an entry", () => {
  const entryOf = (kind: string): LogEntry =>
    ({ log_id: "one", kind, date: MODEL.today, logged_at: "", voided: false }) as LogEntry;

  it.each([
    ["session", ["pain_during", "effort"]],
    ["test", []],
  ])("of a %s has the scores put right that the programme takes", async (kind, names) => {
    const { entry_id } = await known({
      limits: { ...MODEL.limits, note_max: 77, correctable: { session: ["pain_during", "effort"] } },
    });
    const root = await drawn(showEntry(entry_id, entryOf(kind)));
    const scores = [...root.querySelectorAll<PhtScore>("pht-rehab-score")];
    expect(scores.map((one) => one.label)).toEqual(names.map((name) => `field_${name}`));
    expect(root.querySelector("textarea")!.maxLength).toBe(77);
  });

  it("of a morning has the night and the sitting put right, and taken back", async () => {
    const model = await known();
    const entry = { ...entryOf("morning_check"), pain: 1, night_waking: true, sitting_minutes: 600 };
    const sheet = showEntry(model.entry_id, entry);
    const root = await drawn(sheet);
    const [yes, no] = root.querySelectorAll<HTMLInputElement>(".choices input");
    expect([yes!.checked, no!.checked]).toEqual([true, false]);
    no!.click();
    const minutes = root.querySelector<HTMLInputElement>("input[type=number]")!;
    expect(minutes.value).toBe("600");
    minutes.value = "";
    minutes.dispatchEvent(new Event("input"));
    await sheet.updateComplete;
    button(root, "save").click();
    await vi.waitFor(() => expect(home.calls).toHaveLength(1));
    expect(home.calls[0]![0]).toMatchObject({
      type: "pht_rehab/correct",
      scores: { sitting_minutes: null, night_waking: false },
    });
  });
});

describe("being cleared", () => {
  it("says by whom, no longer than the programme takes", async () => {
    const model = await known({ limits: { ...MODEL.limits, text_max: 66 } });
    const sheet = showUnlock(model.entry_id);
    const root = await drawn(sheet);
    const words = root.querySelector("textarea")!;
    expect(words.maxLength).toBe(66);
    expect(button(root, "unlock").disabled).toBe(true);
    words.value = " Dr. Who ";
    words.dispatchEvent(new Event("input"));
    await sheet.updateComplete;
    button(root, "unlock").click();
    await vi.waitFor(() => expect(home.calls).toHaveLength(1));
    expect(home.calls[0]!.slice(1, 3)).toEqual([
      "unlock",
      { config_entry_id: model.entry_id, language: "en", reason: "Dr. Who" },
    ]);
  });
});

describe("an answer", () => {
  it.each([
    [null, "ok"],
    ["green", "ok"],
    ["awaiting_morning_check", "ok"],
    ["amber", ""],
    ["red", ""],
    ["stop", ""],
  ])("to a session that was %s", (response, look) => {
    expect(tone({ response } as Answer)).toBe(look);
  });
});

describe("patterns", () => {
  const progress = async (model: ReadModel): Promise<string> => {
    const page = new PhtProgress();
    page.model = model;
    document.body.append(page);
    await page.updateComplete;
    return page.shadowRoot!.textContent!;
  };

  it("are told with what they are not, or not at all", async () => {
    const one = { id: "stretching", text: "After 8 of 9 days" };
    const text = await progress(await known({ patterns: [one] }));
    expect(text).toContain("After 8 of 9 days");
    expect(text).toContain("patterns_help");
    expect(await progress(await known({ patterns: [] }))).not.toContain("patterns");
  });
});

describe("what is heard", () => {
  const said: string[] = [];

  beforeEach(() => {
    said.length = 0;
    vi.stubGlobal("speechSynthesis", {
      getVoices: () => [{}],
      speak: (words: { text: string }) => said.push(words.text),
      cancel: () => undefined,
    });
    vi.stubGlobal(
      "SpeechSynthesisUtterance",
      class {
        constructor(readonly text: string) {}
      },
    );
  });

  it("is each step with its side", async () => {
    const model = await known();
    const name = model.session.exercises.find((one) => !one.done)!.name;
    play(model, undefined, true);
    await vi.waitFor(() => expect(said).toEqual([`act_ready, ${name}, side_right`]));
  });

  it("is nothing where cues are turned off", () => {
    new Cues(false).say("quiet");
    expect(said).toEqual([]);
  });

  it("is a beep where the browser has no voice", () => {
    vi.stubGlobal("speechSynthesis", { getVoices: () => [], cancel: () => undefined });
    const beeps: number[] = [];
    const node = { connect: () => node, setValueAtTime: () => 0 };
    vi.stubGlobal(
      "AudioContext",
      class {
        currentTime = 0;
        destination = node;
        createGain = () => ({
          gain: { setValueAtTime: () => 0, exponentialRampToValueAtTime: () => 0 },
          connect: () => node,
        });
        createOscillator = () => ({
          frequency: {
            set value(pitch: number) {
              beeps.push(pitch);
            },
          },
          connect: (next: unknown) => next,
          start: () => 0,
          stop: () => 0,
        });
        close = async () => undefined;
      },
    );
    new Cues(true).say("hold");
    expect(beeps).toEqual([880]);
  });
});
