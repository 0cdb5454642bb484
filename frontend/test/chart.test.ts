/** The chart of the weeks behind: what is drawn where, and what a tap chooses. */

import { afterEach, describe, expect, it, vi } from "vitest";
import { PhtChart } from "../src/chart";
import { PhtProgress } from "../src/progress";
import type { ReadModel, TrendDay } from "../src/types";
import { MODEL } from "./golden";
import { known, quietHome } from "./home";

const WIDTH = 340;
const LEFT = 16;
const DAYS = 28;
const WIDE = (WIDTH - LEFT) / DAYS;
const home = quietHome();

/** Four weeks in one stage; what is told besides is of single days, by index. */
function weeks(told: Record<number, Partial<TrendDay>> = {}, count = DAYS): ReadModel {
  const trend = Array.from({ length: count }, (_, index) => ({
    date: `2026-02-${String(index + 1).padStart(2, "0")}`,
    stage: "isotonic",
    step: "S1",
    ...told[index],
  }));
  return { ...MODEL, trend, today: trend.at(-1)!.date };
}

async function chart(model: ReadModel): Promise<[ShadowRoot, number[]]> {
  const one = new PhtChart();
  const chosen: number[] = [];
  one.addEventListener("choose", (event) => chosen.push((event as CustomEvent<number>).detail));
  one.model = model;
  document.body.append(one);
  await one.updateComplete;
  return [one.shadowRoot!, chosen];
}

const figures = (root: ParentNode, what: string, ...names: string[]): number[][] =>
  [...root.querySelectorAll(what)].map((one) => names.map((name) => Number(one.getAttribute(name))));

/** Tap the chart at a part of its width, as large as it is drawn. */
function tap(root: ShadowRoot, share: number): void {
  const area = root.querySelector<HTMLElement>(".chart")!;
  area.getBoundingClientRect = () => ({ left: 100, width: 680 }) as DOMRect;
  area.dispatchEvent(new MouseEvent("click", { clientX: 100 + 680 * share }));
}

const middle = (index: number): number => (LEFT + WIDE * (index + 0.5)) / WIDTH;

afterEach(() => document.body.replaceChildren());

describe("the chart", () => {
  it("has a band from no pain to what is calm, over all days", async () => {
    const { calm_max: calm, score_max: worst } = MODEL.limits;
    const [root] = await chart(weeks({ 3: { morning: calm }, 4: { morning: 0 } }));
    const [[x, y, width, height]] = figures(root, "rect.calm", "x", "y", "width", "height") as [
      [number, number, number, number],
    ];
    const points = root.querySelector(".morning")!.getAttribute("points")!.split(" ");
    const [sore, calmest] = points.map((point) => Number(point.split(",")[1]));
    expect([x, width]).toEqual([LEFT, WIDTH - LEFT]);
    expect(y).toBeCloseTo(sore!, 1);
    expect(y + height).toBeCloseTo(calmest!, 1);
    const marks = [...root.querySelectorAll("svg text")].map((one) => one.textContent);
    expect(marks).toEqual([0, calm, worst].map(String));
  });

  it("marks the days of a flare-up, whole and no others", async () => {
    const [root] = await chart(weeks({ 9: { flare_up: true }, 10: { flare_up: true } }));
    const found = figures(root, "rect.flare", "x", "width");
    expect(found.map(([x]) => x!.toFixed(3))).toEqual(
      [9, 10].map((index) => (LEFT + WIDE * index).toFixed(3)),
    );
    for (const [, width] of found) expect(width).toBeCloseTo(WIDE);
  });

  it("has a line before the first day of a stage, and a mark at a step inside it", async () => {
    const later = Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [20 + index, { stage: "hip_flexion", step: "S3.a1" }]),
    );
    const [root] = await chart(weeks({ ...later, 19: { step: "S2" } }));
    const lines = figures(root, "line.stage", "x1", "x2");
    expect(lines).toHaveLength(1);
    for (const x of lines[0]!) expect(x).toBeCloseTo(LEFT + WIDE * 20);
    const steps = [...root.querySelectorAll("path.step")].map((one) => one.getAttribute("d")!);
    expect(steps).toHaveLength(1);
    expect(Number(/^M(\S+) /.exec(steps[0]!)![1])).toBeCloseTo(LEFT + WIDE * 19.5);
  });

  it.each([
    [middle(0), 0],
    [middle(13), 13],
    [middle(27), 27],
    [0, 0], // left of the first day
    [1, 27],
  ])("gives for a tap at %d of its width day %i", async (share, index) => {
    const [root, chosen] = await chart(weeks());
    tap(root, share);
    expect(chosen).toEqual([index]);
  });

  it("keeps few days at the right, and a tap beside them gives the first", async () => {
    const [root, chosen] = await chart(weeks({}, 5));
    tap(root, middle(27));
    tap(root, middle(23));
    tap(root, middle(4));
    expect(chosen).toEqual([4, 0, 0]);
  });

  it("goes from day to day by the keys, and not past its ends", async () => {
    const [root, chosen] = await chart(weeks());
    const area = root.querySelector<HTMLElement>(".chart")!;
    for (const key of ["ArrowLeft", "ArrowRight", "Home", "End", "a"]) {
      area.dispatchEvent(new KeyboardEvent("keydown", { key }));
    }
    expect(chosen).toEqual([26, 27, 0, 27]);
  });
});

describe("a day that is chosen", () => {
  it("is told below the chart, with what changed and the reasons of its entries", async () => {
    const model = weeks({ 3: { during: 4, response: "amber", changes: ["Held"] } });
    const reasons = [{ id: "amber", text: "A little too much", until: null }];
    const entry = { log_id: "one", kind: "session", logged_at: "" };
    home.answer = {
      entries: [
        { ...entry, date: model.trend[3]!.date, voided: false, reasons },
        { ...entry, date: model.trend[3]!.date, voided: true, reasons: [{ text: "Taken back" }] },
        { ...entry, date: model.trend[4]!.date, voided: false, reasons: [{ text: "Another day" }] },
      ],
    };
    const page = new PhtProgress();
    page.model = await known(model, home);
    document.body.append(page);
    await page.updateComplete;
    const root = page.shadowRoot!;
    expect(root.textContent).toContain("chart_help");
    const drawn = root.querySelector<PhtChart>("pht-rehab-chart")!;
    await drawn.updateComplete;
    tap(drawn.shadowRoot!, middle(3));
    await vi.waitFor(() =>
      expect(root.querySelector("[role=status]")?.textContent).toContain("A little too much"),
    );
    const told = root.querySelector("[role=status]")!.textContent!;
    expect(told).toContain("chart_during 4");
    expect(told).toContain("response_amber");
    expect(told).toContain("Held");
    expect(told).not.toContain("Another day");
    expect(told).not.toContain("Taken back");
    expect(root.textContent).not.toContain("chart_help");
    await drawn.updateComplete;
    const [line] = figures(drawn.shadowRoot!, "line.chosen", "x1");
    expect(line![0]).toBeCloseTo(LEFT + WIDE * 3.5);
  });
});
