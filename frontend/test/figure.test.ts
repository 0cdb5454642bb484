/** The drawings: sought to where the movement is, whatever tempo was prescribed. */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PhtFigure } from "../src/figure";
import "../src/figure";
import type { Phase } from "../src/playback";

let sought: number[];
let paused: number;
let fetched: string[];

/** What a browser's drawing can do and the one of the tests cannot. */
const DRAWING = {
  setCurrentTime: (time: number) => void sought.push(time),
  pauseAnimations: () => void (paused += 1),
};

async function figure(exercise: string, attributes: string[] = []): Promise<PhtFigure> {
  const one = document.createElement("pht-rehab-figure") as PhtFigure;
  for (const name of attributes) one.setAttribute(name, "");
  one.setAttribute("exercise", exercise);
  document.body.append(one);
  await vi.waitFor(() => expect(one.shadowRoot?.querySelector("svg")).toBeTruthy());
  return one;
}

beforeEach(() => {
  sought = [];
  paused = 0;
  fetched = [];
  vi.stubGlobal("fetch", async (url: string) => {
    fetched.push(url);
    return { ok: true, text: async () => '<svg xmlns="http://www.w3.org/2000/svg"></svg>' };
  });
  Object.assign(SVGSVGElement.prototype, DRAWING);
});
afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

describe("a drawing", () => {
  it.each<[Phase, number, number]>([
    ["out", 0, 0],
    ["out", 0.25, 0.75],
    ["out", 0.75, 2.25],
    ["out", 1, 3],
    ["pause", 0.1, 3.5],
    ["pause", 0.9, 3.5],
    ["back", 0, 4],
    ["back", 0.25, 4.75],
    ["back", 0.75, 6.25],
    ["back", 1, 7],
  ])("of the way %s, %d of it, is that of second %d", async (phase, fraction, second) => {
    const one = await figure(`sought-${phase}-${fraction}`);
    expect(paused).toBeGreaterThan(0); // it does not run by itself beside the session's clock
    one.show(phase, fraction);
    expect(sought.at(-1)).toBeCloseTo(second);
  });

  it("stands at the end of the movement until it is sought", async () => {
    await figure("unsought");
    expect(sought.at(-1)).toBe(3);
  });

  it("is the still one in a list, and mirrored by style where the left works", async () => {
    const one = await figure("listed", ["still", "mirrored"]);
    expect(fetched.some((url) => url.includes("figures/listed.still.svg"))).toBe(true);
    expect(fetched.some((url) => url.includes("figures/listed.svg"))).toBe(false);
    const style = one.shadowRoot!.querySelector("style")!.textContent!;
    expect(style.replaceAll(/\s/g, "")).toContain(":host([mirrored])svg{transform:scaleX(-1)}");
  });

  it("is hidden from those who cannot see it, whom the words tell", async () => {
    expect((await figure("hidden")).getAttribute("aria-hidden")).toBe("true");
  });
});
