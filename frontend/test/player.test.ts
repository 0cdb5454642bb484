/** The guided session: keeps the screen on or says that it cannot, and shows the right side. */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Cues } from "../src/cues";
import type { Overlay } from "../src/overlay";
import { play } from "../src/player";
import type { ReadModel, Side, Step } from "../src/types";
import { MODEL } from "./golden";
import { known, quietHome } from "./home";

const home = quietHome();
let asked: number;
let released: number;
let refuse: boolean;

/** A browser that keeps the screen on, and counts how often it was asked to. */
function wakeful(): void {
  vi.stubGlobal("navigator", {
    wakeLock: {
      request: async (kind: string) => {
        expect(kind).toBe("screen");
        asked += 1;
        if (refuse) throw new DOMException("hidden", "NotAllowedError");
        return { release: async () => void (released += 1) };
      },
    },
  });
}

async function started(change: Partial<ReadModel> = {}): Promise<Overlay> {
  const model = await known({ ...MODEL, ...change }, home);
  play(model, undefined, false);
  const player = document.querySelector<Overlay>("pht-rehab-player")!;
  await player.updateComplete;
  return player;
}

/** Turn the page away or back to the person. */
function turn(visibility: "visible" | "hidden"): void {
  Object.defineProperty(document, "visibilityState", { value: visibility, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}

beforeEach(() => {
  asked = released = 0;
  refuse = false;
  localStorage.clear();
});
afterEach(() => {
  document.body.replaceChildren();
  turn("visible");
  vi.unstubAllGlobals();
});

describe("the screen", () => {
  it("is kept on from the start, when the page is seen again, and no longer at the end", async () => {
    wakeful();
    const player = await started();
    expect(asked).toBe(1);
    turn("hidden");
    expect(asked).toBe(1);
    turn("visible");
    expect(asked).toBe(2);
    await vi.waitFor(() => expect(released).toBe(1)); // the one from before; the second is held
    player.close(true);
    await vi.waitFor(() => expect(released).toBe(2));
    turn("visible");
    expect(asked).toBe(2);
  });

  it("is asked for again where it was refused for now, and nothing is said of it", async () => {
    wakeful();
    refuse = true;
    const player = await started();
    await vi.waitFor(() => expect(asked).toBe(1));
    await player.updateComplete;
    expect(player.shadowRoot!.textContent).not.toContain("screen_may_sleep");
    refuse = false;
    turn("visible");
    expect(asked).toBe(2);
  });

  it("may go dark again if the session ended before the browser had answered", async () => {
    let answer!: (lock: { release(): Promise<void> }) => void;
    vi.stubGlobal("navigator", {
      wakeLock: { request: () => new Promise((found) => (answer = found)) },
    });
    const cues = new Cues(false);
    const kept = cues.stayAwake();
    cues.end();
    answer({ release: async () => void (released += 1) });
    await kept;
    expect(released).toBe(1);
  });

  it("is said to go dark where the browser cannot keep it on, once on this device", async () => {
    vi.stubGlobal("navigator", {});
    const first = await started();
    await vi.waitFor(() => expect(first.shadowRoot!.textContent).toContain("screen_may_sleep"));
    first.close(true);
    const told = vi.spyOn(Cues.prototype, "stayAwake");
    const second = await started();
    expect(await told.mock.results[0]!.value).toBe(false);
    await second.updateComplete;
    expect(second.shadowRoot!.textContent).not.toContain("screen_may_sleep");
    told.mockRestore();
  });
});

describe("the drawing", () => {
  const only = (side: Side): ReadModel["session"] => {
    const exercise = { ...MODEL.session.exercises[0]!, done: false };
    const step: Step = { act: "hold", exercise: 0, set: 1, side, seconds: 40 };
    return { ...MODEL.session, exercises: [exercise], steps: [step] };
  };

  it.each<[Side, "left" | "right", boolean]>([
    ["left", "right", true],
    ["right", "left", false],
    ["both", "left", true],
    ["both", "right", false],
    ["each", "left", true],
    ["alternate", "right", false],
  ])("of %s, with %s affected, is mirrored: %s", async (side, worse_side, mirrored) => {
    const player = await started({ worse_side, session: only(side) });
    const figure = player.shadowRoot!.querySelector("pht-rehab-figure")!;
    expect(figure.hasAttribute("mirrored")).toBe(mirrored);
  });
});
