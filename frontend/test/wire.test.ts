/** The read model as Python writes it; `tests/test_websocket.py` keeps the file true. */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PhtRehabCard } from "../src/card";
import "../src/main";
import type { PhtChart } from "../src/chart";
import type { Overlay } from "../src/overlay";
import type { PhtProgress } from "../src/progress";
import { parcels, post, saveDraft } from "../src/outbox";
import { entitiesOf } from "../src/entities";
import { PhtRehabStrategy } from "../src/strategy";
import type { Hass, Locale, ReadModel } from "../src/types";
import { MODEL } from "./golden";
import { ENGLISH } from "./home";


class Server {
  ready: (() => void)[] = [];
  lost: (() => void)[] = [];
  told: ((model: ReadModel | null) => void)[] = [];
  asked: Record<string, unknown>[] = [];
  ended = 0;
  calls: unknown[][] = [];
  refuse: unknown;
  hass: Hass = {
    locale: ENGLISH,
    config: { time_zone: "UTC" },
    entities: {
      "todo.anna_today": {
        entity_id: "todo.anna_today",
        platform: "pht_rehab",
        device_id: "device",
        translation_key: "today",
      },
    },
    devices: { device: { id: "device", primary_config_entry: "programme" } },
    localize: (key) => key,
    loadBackendTranslation: async () => (key, values) =>
      `${key.replace(/.*card_/, "")}${values ? ` ${Object.values(values).join(" ")}` : ""}`,
    connection: {
      addEventListener: (event, happened) =>
        void (event === "ready" ? this.ready : this.lost).push(happened),
      subscribeMessage: async (told, message) => {
        this.asked.push(message);
        if (this.refuse) throw this.refuse;
        this.told.push(told as (model: ReadModel | null) => void);
        (told as (model: ReadModel | null) => void)(this.model);
        return async () => void (this.ended += 1);
      },
    },
    callWS: async <T>() => ({ programmes: [{ entry_id: "programme", name: "Anna" }] }) as T,
    callService: async (...call) => {
      this.calls.push(call);
      return { response: { entries: [], reasons: [] } };
    },
  };
  constructor(public model: ReadModel) {
    const home = document.createElement("home-assistant");
    Object.assign(home, { hass: this.hass });
    document.body.append(home);
  }
}

let number = 0;

async function shown(change: Partial<ReadModel> = {}): Promise<[ShadowRoot, Server]> {
  number += 1;
  const server = new Server({ ...structuredClone(MODEL), ...change });
  const card = new PhtRehabCard();
  card.setConfig({ type: "custom:pht-rehab-card", programme: `programme-${number}` });
  card.hass = server.hass;
  document.body.append(card);
  await vi.waitFor(() => expect(card.shadowRoot?.textContent).toContain("Anna"));
  await card.updateComplete;
  return [card.shadowRoot!, server];
}

/** Turn to the weeks behind. */
async function weeksOf(root: ShadowRoot): Promise<PhtProgress> {
  [...root.querySelectorAll<HTMLButtonElement>("button")]
    .find((one) => one.textContent!.trim() === "progress")!
    .click();
  await vi.waitFor(() => expect(root.querySelector("pht-rehab-progress")).not.toBeNull());
  const weeks = root.querySelector<PhtProgress>("pht-rehab-progress")!;
  await weeks.updateComplete;
  return weeks;
}

const primary = (root: ShadowRoot): string =>
  root.querySelector(".next")?.textContent?.trim() ?? "";

beforeEach(() => localStorage.clear());
afterEach(() => document.body.replaceChildren());

describe("the weeks behind", () => {
  it.each([true, false])("have the log and the report for who may write: %s", async (control) => {
    const [root, server] = await shown({ control });
    const weeks = (await weeksOf(root)).shadowRoot!;
    const offered = [...weeks.querySelectorAll("button.ghost")].map((one) => one.textContent?.trim());
    const headings = [...weeks.querySelectorAll("h3")].map((one) => one.textContent?.trim());
    expect(offered.includes("report")).toBe(control);
    expect(headings.includes("log")).toBe(control);
    expect(server.calls.some(([, action]) => action === "get_log")).toBe(control);
  });
});

describe("the wire format", () => {
  it("has steps that are each of an exercise, and the limits in order", () => {
    expect(MODEL.session.steps.length).toBeGreaterThan(20);
    expect(new Set(MODEL.session.steps.map((step) => step.act))).toEqual(
      new Set(["ready", "reps", "rest", "switch", "hold"]),
    );
    for (const step of MODEL.session.steps) {
      expect(MODEL.session.exercises[step.exercise]).toBeDefined();
    }
    expect(MODEL.limits.stop_at).toBeGreaterThan(MODEL.limits.calm_max);
    expect(MODEL.trend.at(-1)?.date).toBe(MODEL.today);
  });
});

describe("today", () => {
  it("asks for the morning check before the session", async () => {
    const [root] = await shown();
    expect(primary(root)).toBe("morning_check");
    expect(root.textContent).toContain("start_session");
    expect(root.querySelectorAll(".list li")).toHaveLength(MODEL.session.exercises.length);
    expect(root.querySelectorAll(".list .done")).toHaveLength(1);
  });

  it("asks for a run that was counted, until it is logged or was none", async () => {
    const run = { log_id: "run-20260120", date: "2026-01-20", text: "About 4.2 km were run" };
    const [root, server] = await shown({ noticed: [run] });
    const buttons = [...root.querySelectorAll<HTMLButtonElement>(".banner button")];
    expect(root.textContent).toContain(run.text);
    expect(buttons.map((one) => one.textContent?.trim())).toEqual(["log_run", "no_run"]);
    buttons[1]!.click();
    await vi.waitFor(() => expect(server.calls).toHaveLength(1));
    expect(server.calls[0]?.[1]).toBe("void_entry");
    expect(server.calls[0]?.[2]).toMatchObject({ log_id: run.log_id });
    buttons[0]!.click();
    expect(document.querySelector("pht-rehab-run")).not.toBeNull();
  });

  it("only tells of it to whoever may not write", async () => {
    const run = { log_id: "run-20260120", date: "2026-01-20", text: "About 4.2 km were run" };
    const [read] = await shown({ noticed: [run], control: false });
    expect(read.textContent).toContain(run.text);
    expect(read.textContent).not.toContain("no_run");
  });

  it("starts the session once the check is in", async () => {
    const [root] = await shown({ morning_check: { ...MODEL.morning_check, open: false } });
    expect(primary(root)).toContain("start_session");
  });

  it("offers the weekly check when it is due, after what is done today", async () => {
    const [root] = await shown({ weekly_check: { ...MODEL.weekly_check, due: true } });
    expect(root.textContent).toContain("weekly");
    expect(primary(root)).toBe("morning_check");
    document.body.replaceChildren();
    const [calm] = await shown({ weekly_check: { ...MODEL.weekly_check, due: false } });
    expect(calm.textContent).not.toContain("weekly");
  });

  it("says what to do when it is on hold, and offers no session", async () => {
    const [root] = await shown({
      kind: "locked",
      lock: "clinician",
      emergency: true,
      session: { ...MODEL.session, open: false, exercises: [] },
      morning_check: { ...MODEL.morning_check, open: false },
    });
    expect(root.querySelector("[role=alert]")?.textContent).toContain("emergency");
    expect(primary(root)).toBe("");
    expect(root.textContent).toContain("feels_wrong");
  });

  it("asks for the screening, not for a clinician's word, after a long absence", async () => {
    const [root] = await shown({ kind: "locked", lock: "screening", emergency: false });
    expect(root.textContent).toContain("screen_again");
    expect(root.textContent).not.toContain("unlock");
  });

  it("begins nothing new while nobody answers, and says so", async () => {
    const [root, server] = await shown({
      morning_check: { ...MODEL.morning_check, open: false },
    });
    expect(primary(root)).toContain("start_session");
    for (const happened of server.lost) happened();
    await vi.waitFor(() => expect(root.textContent).toContain("lost"));
    expect(root.textContent).not.toContain("start_session");
  });

  it("offers to tell, not to go on with, a session from before a flare-up", async () => {
    const change = { flare_up: true, kind: "light" as const };
    const entryId = `programme-${number + 1}`;
    saveDraft({
      entryId,
      sessionId: "one",
      date: MODEL.today,
      exercises: MODEL.session.exercises.slice(0, 1),
      steps: MODEL.session.steps,
      playback: { index: 3, elapsed: 0, done: [1] },
      pain: null,
      effort: null,
      cutShort: false,
      single: false,
      savedAt: Date.now(),
    });
    const [root] = await shown({ ...change, entry_id: entryId });
    expect(primary(root)).toBe("save_interrupted");
    expect(root.textContent).not.toContain("resume_session");
  });

  it.each([
    [{ limit: 45, advice: [], since: null, due: false }, ["sitting_limit 45"]],
    [
      { limit: 30, advice: [], since: "2026-03-15T14:05:00+00:00", due: false },
      ["sitting_limit 30", "sitting_since 2:05 PM"],
    ],
    [
      { limit: 30, advice: [], since: "2026-03-15T01:30:00+01:00", due: true },
      ["sitting_limit 30", "sitting_since 12:30 AM", "sitting_break"],
    ],
    [{ limit: null, advice: [], since: "2026-03-15T09:00:00Z", due: false }, ["sitting_since 9:00 AM"]],
    [{ limit: null, advice: [], since: null, due: false }, []],
  ])("says how long to sit, and since when somebody does: %o", async (sitting, told) => {
    const [root] = await shown({ sitting });
    const lines = [...root.querySelectorAll("p")].map((line) => line.textContent!.trim());
    const about = lines.filter((line) => line.startsWith("sitting_"));
    // the narrow space of a time of day is whatever the browser thinks right
    expect(about.map((line) => line.replaceAll(/\s/g, " "))).toEqual(
      told.length ? [told.join(" · ")] : [],
    );
  });

  it.each([
    [18, ["On a wedge.", "Driving too."], ["On a wedge.", "Driving too."]],
    [18, [], undefined],
    [null, ["On a wedge."], undefined],
  ])("says how to sit, folded up beside the limit: %o, %o", async (limit, advice, told) => {
    const [root] = await shown({ sitting: { limit, advice, since: null, due: false } });
    const how = [...root.querySelectorAll("details")].find((one) =>
      one.querySelector("summary")!.textContent!.includes("sitting_how_to"),
    );
    expect(how?.open ?? false).toBe(false);
    const lines = how && [...how.querySelectorAll("p")].map((line) => line.textContent!.trim());
    expect(lines).toEqual(told);
  });

  it("is not empty on a rest day", async () => {
    const [root] = await shown({
      kind: "rest",
      session: { ...MODEL.session, open: false, exercises: [] },
    });
    expect(root.textContent).toContain("rest_help");
  });

  it("shows but offers nothing to who may only read", async () => {
    const [root] = await shown({ control: false });
    expect(root.textContent).toContain("read_only");
    expect(primary(root)).toBe("");
    for (const button of root.querySelectorAll<HTMLButtonElement>(".list button")) {
      expect(button.disabled).toBe(true);
    }
  });

  it("shows names and reasons as text, whatever is in them", async () => {
    const hostile = "<img src=x onerror=alert(1)> {{ 1 }} 🦵 مرحبا";
    const [root] = await shown({ name: `Anna ${hostile}` });
    expect(root.querySelector("h2")?.textContent).toBe(`Anna ${hostile}`);
    expect(root.querySelector("img")).toBeNull();
  });
});

describe("the weeks behind", () => {
  it("show only what was more than calm in red", async () => {
    const [root] = await shown();
    const weeks = await weeksOf(root);
    const chart = weeks.shadowRoot!.querySelector<PhtChart>("pht-rehab-chart")!;
    await chart.updateComplete;
    const { calm_max: calm } = MODEL.limits;
    const sore = MODEL.trend.filter((one) => one.during !== undefined && one.during > calm);
    const told = MODEL.trend.filter((one) => one.during !== undefined);
    expect(chart.shadowRoot!.querySelectorAll(".sore")).toHaveLength(sore.length);
    expect(chart.shadowRoot!.querySelectorAll(".during")).toHaveLength(told.length);
    expect(told.length).toBeGreaterThan(sore.length);
  });

  it.each([
    ["right", true],
    ["both", false],
  ] as const)("set a test beside the other side: %s", async (side, told) => {
    const [root] = await shown({ side });
    const weeks = await weeksOf(root);
    expect(weeks.shadowRoot!.textContent!.includes("symmetry 75")).toBe(told);
  });
});

describe("the report for the clinician", () => {
  /** Open it from the card's weeks behind, as a thumb would. */
  async function opened(): Promise<[Overlay, ShadowRoot, Server]> {
    const [root, server] = await shown({ limits: { ...MODEL.limits, start: "2025-11-03" } });
    server.model.entry_id = `programme-${number}`; // what the card is bound to, as in real life
    const weeks = await weeksOf(root);
    pressed(weeks.shadowRoot!, "report");
    const sheet = document.querySelector<Overlay>("pht-rehab-report")!;
    await sheet.updateComplete;
    return [sheet, sheet.shadowRoot!, server];
  }
  const pressed = (root: ShadowRoot, text: string): void =>
    [...root.querySelectorAll("button")].find((one) => one.textContent!.trim() === text)!.click();
  const asked = async ({ calls }: Server): Promise<unknown> => {
    await vi.waitFor(() => expect(calls.map((call) => call[1])).toContain("clinician_report"));
    const { config_entry_id: _id, language: _language, ...wanted } = calls.at(-1)![2] as Record<string, unknown>;
    return wanted;
  };
  const choose = async (sheet: Overlay, field: number, on: string): Promise<void> => {
    const date = sheet.shadowRoot!.querySelectorAll<HTMLInputElement>("input[type=date]")[field]!;
    date.value = on;
    date.dispatchEvent(new Event("change"));
    await sheet.updateComplete;
  };
  const first = MODEL.trend[0]!.date;

  it("is of the weeks behind, without a name, unless something else is asked for", async () => {
    const [, root, server] = await opened();
    const dates = [...root.querySelectorAll<HTMLInputElement>("input[type=date]")];
    expect(dates.map((one) => [one.min, one.max, one.value])).toEqual([
      ["2025-11-03", MODEL.today, first],
      ["2025-11-03", MODEL.today, MODEL.today],
    ]);
    expect(root.querySelector<HTMLInputElement>("input[type=checkbox]")!.checked).toBe(false);
    pressed(root, "report_make");
    expect(await asked(server)).toEqual({ start_date: first, end_date: MODEL.today });
    await vi.waitFor(() => expect(root.querySelectorAll("a[href^='blob:']")).toHaveLength(2));
  });

  it("is of other dates and with the name where that is wanted", async () => {
    const [sheet, root, server] = await opened();
    await choose(sheet, 0, "2026-01-12");
    await choose(sheet, 1, "2026-01-14");
    root.querySelector<HTMLInputElement>("input[type=checkbox]")!.click();
    pressed(root, "report_make");
    expect(await asked(server)).toEqual({
      start_date: "2026-01-12",
      end_date: "2026-01-14",
      with_name: true,
    });
  });

  it("is of what is shown once a date is taken out again", async () => {
    const [sheet, root, server] = await opened();
    await choose(sheet, 0, "2026-01-12");
    await choose(sheet, 0, "");
    pressed(root, "report_make");
    expect(await asked(server)).toEqual({ start_date: first, end_date: MODEL.today });
  });
});

describe("a programme that cannot be shown", () => {
  it("says so, and why", async () => {
    const server = new Server(MODEL);
    server.refuse = { code: "unauthorized" };
    const card = new PhtRehabCard();
    card.setConfig({ type: "custom:pht-rehab-card", programme: "secret" });
    card.hass = server.hass;
    document.body.append(card);
    await vi.waitFor(() => expect(card.shadowRoot?.textContent).toContain("unauthorized"));
  });

  it("asks for a programme if none is chosen", async () => {
    const server = new Server(MODEL);
    const card = new PhtRehabCard();
    card.setConfig({ type: "custom:pht-rehab-card" });
    card.hass = server.hass;
    document.body.append(card);
    await vi.waitFor(() => expect(card.shadowRoot?.textContent).toContain("choose_programme"));
  });
});

describe("a connection that was lost", () => {
  it("is asked again until the programme is there, and what was kept is sent once", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const [root, server] = await shown();
    const entryId = `programme-${number}`;
    server.model.entry_id = entryId;
    post({ entryId, data: { session_id: "kept" } });
    post({ entryId, action: "log_run", data: { session_id: "ran" } });
    server.refuse = { code: "unknown_command" };
    for (const happened of server.ready) happened();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(server.calls).toEqual([]);
    expect(root.textContent).toContain("Anna");
    server.refuse = undefined;
    await vi.advanceTimersByTimeAsync(4_000);
    const sent = server.calls.filter(([, action]) => String(action).startsWith("log_"));
    expect(sent.map(([, action, data]) => [action, data])).toEqual([
      ["log_session", { config_entry_id: entryId, language: "en", session_id: "kept" }],
      ["log_run", { config_entry_id: entryId, language: "en", session_id: "ran" }],
    ]);
    expect(parcels()).toEqual([]);
    vi.useRealTimers();
  });
});

describe("how it is worded", () => {
  it("follows the user's formats, and nothing else of a new `hass` draws it anew", async () => {
    const sitting = { limit: null, advice: [], since: "2026-03-15T14:05:00+01:00", due: false };
    const [root, server] = await shown({ sitting });
    const { hass } = server;
    expect(root.textContent).toContain("1:05");
    const card = root.host as PhtRehabCard;
    const drawn = vi.spyOn(card, "render");
    card.hass = { ...hass };
    await card.updateComplete;
    expect(drawn).not.toHaveBeenCalled();
    const config = { time_zone: "Europe/Berlin" };
    const locale = { ...hass.locale, time_format: "24", time_zone: "server" } as const;
    card.hass = { ...hass, config, locale };
    await vi.waitFor(() => expect(root.textContent).toContain("14:05"));
    expect(server.asked).toHaveLength(1); // the programme itself is told nothing of that
  });

  it("is asked for anew in another language, and when dates are written in figures", async () => {
    const [root, server] = await shown();
    await weeksOf(root);
    const speak = (change: Partial<Locale>): void => {
      const hass = { ...server.hass, locale: { ...server.hass.locale, ...change } };
      Object.assign(document.querySelector("home-assistant")!, { hass });
      (root.host as PhtRehabCard).hass = hass;
    };
    expect(server.asked).toMatchObject([{ language: "en" }]);
    expect(server.asked[0]).not.toHaveProperty("date_pattern");
    server.model = { ...server.model, name: "Anna auf Deutsch" };
    speak({ language: "de" });
    await vi.waitFor(() => expect(root.querySelector("h2")!.textContent).toContain("Deutsch"));
    expect(server.asked.slice(1)).toMatchObject([{ language: "de" }]);
    expect(server.ended).toBe(1);
    server.told[0]!({ ...server.model, name: "a late word" });
    server.model = { ...server.model };
    speak({ language: "de", date_format: "YMD" });
    await vi.waitFor(() => expect(server.asked).toHaveLength(3));
    expect(server.asked[2]).toMatchObject({ language: "de", date_pattern: "YYYY.M.D" });
    await vi.waitFor(() =>
      expect(server.calls.filter(([, action]) => action === "get_log").at(-1)![2]).toMatchObject({
        language: "de",
        date_pattern: "YYYY.M.D",
      }),
    );
    const chart = root.querySelector("pht-rehab-progress")!.shadowRoot!.querySelector<PhtChart>(
      "pht-rehab-chart",
    )!;
    const [year, month, date] = server.model.trend[0]!.date.split("-").map(Number);
    await vi.waitFor(() =>
      expect(chart.shadowRoot!.textContent).toContain(`${year}.${month}.${date}`),
    );
    expect(root.querySelector("h2")!.textContent).toContain("Deutsch");
  });

  it("is asked for once more where it changes while it is being asked for", async () => {
    const server = new Server(structuredClone(MODEL));
    const { subscribeMessage } = server.hass.connection;
    let go = (): void => undefined;
    const waits = new Promise<void>((resolve) => (go = resolve));
    server.hass.connection.subscribeMessage = async (...asked) => {
      await waits;
      return subscribeMessage(...asked);
    };
    const hass = { ...server.hass, locale: { ...ENGLISH, language: "de" } };
    const card = new PhtRehabCard();
    number += 1;
    card.setConfig({ type: "custom:pht-rehab-card", programme: `programme-${number}` });
    card.hass = server.hass;
    document.body.append(card);
    await card.updateComplete;
    Object.assign(document.querySelector("home-assistant")!, { hass });
    card.hass = hass;
    go();
    await vi.waitFor(() => expect(server.asked.map((one) => one["language"])).toEqual(["en", "de"]));
  });
});

describe("what Home Assistant is told of", () => {
  it("finds entities by what they are, not by name", () => {
    const { hass } = new Server(MODEL);
    const find = entitiesOf(hass, "programme");
    expect(find("todo", "today")).toBe("todo.anna_today");
    expect(find("sensor", "today")).toBe("");
  });

  it("builds a dashboard of every programme", async () => {
    const { hass } = new Server(MODEL);
    const built = (await PhtRehabStrategy.generate({}, hass)) as { views: { title: string }[] };
    expect(built.views.map((one) => one.title)).toEqual(["Anna"]);
    expect(JSON.stringify(built)).toContain("todo.anna_today");
  });

  it("suggests a card for our entities only", () => {
    const { hass } = new Server(MODEL);
    const [listed] = window.customCards as unknown as {
      getEntitySuggestion(hass: Hass, id: string): unknown;
    }[];
    expect(listed!.getEntitySuggestion(hass, "todo.anna_today")).toEqual({
      config: { type: "custom:pht-rehab-card", programme: "programme" },
    });
    expect(listed!.getEntitySuggestion(hass, "light.other")).toBeNull();
  });
});
