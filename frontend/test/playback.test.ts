import { beforeEach, describe, expect, it } from "vitest";
import { ASLEEP_MS, Playback } from "../src/playback";
import type { Step } from "../src/types";

const STEPS: Step[] = [
  { act: "ready", exercise: 0, set: 1, side: "right", seconds: 10 },
  { act: "reps", exercise: 0, set: 1, side: "right", seconds: 14, reps: 2, tempo: [3, 1, 3] },
  { act: "switch", exercise: 0, set: 1, side: "left", seconds: 8 },
  { act: "reps", exercise: 0, set: 1, side: "left", seconds: 14, reps: 2, tempo: [3, 1, 3] },
  { act: "rest", exercise: 0, set: 1, side: "right", seconds: 60 },
  { act: "ready", exercise: 1, set: 1, side: "both", seconds: 10 },
  { act: "hold", exercise: 1, set: 1, side: "both", seconds: 20 },
  { act: "rest", exercise: 1, set: 1, side: "both", seconds: 30 },
  { act: "walk", exercise: 1, set: 2, side: "both", metres: 10 },
];

let clock = 0;
const now = (): number => clock;
let play: Playback;

/** Let time pass with a look every half second, as a screen does. */
function pass(seconds: number): void {
  for (let left = seconds * 1000; left > 0; left -= 500) {
    clock += Math.min(500, left);
    play.tick();
  }
}

beforeEach(() => {
  clock = 5_000;
  play = new Playback(STEPS, now);
});

describe("time", () => {
  it("moves on when a step is over, and keeps what ran over", () => {
    clock += 9_900;
    expect(play.tick()).toBe(false);
    expect(play.remaining).toBeCloseTo(0.1);
    clock += 300;
    expect(play.tick()).toBe(true);
    expect(play.step?.act).toBe("reps");
    expect(play.elapsed).toBeCloseTo(200);
  });

  it("catches up over several steps after a short sleep", () => {
    clock += 30_000;
    play.tick();
    expect(play.index).toBe(2);
    expect(play.remaining).toBeCloseTo(2);
  });

  it("pauses after a long sleep: nobody did these sets", () => {
    pass(12);
    clock += ASLEEP_MS + 1;
    expect(play.tick()).toBe(false);
    expect(play.paused).toBe(true);
    expect(play.step?.act).toBe("reps");
    expect(play.elapsed).toBeCloseTo(2_000);
    expect(play.sets(0) + play.sets(1)).toBe(0);
  });

  it("stands still while paused", () => {
    pass(4);
    play.pause();
    clock += 100_000;
    expect(play.tick()).toBe(false);
    expect(play.remaining).toBeCloseTo(6);
    play.resume();
    pass(1);
    expect(play.remaining).toBeCloseTo(5);
  });

  it("waits for the person where there is no time", () => {
    for (let step = 0; step < 8; step += 1) play.next();
    expect(play.remaining).toBeUndefined();
    pass(50);
    expect(play.step?.act).toBe("walk");
  });
});

describe("repetitions", () => {
  it.each([
    [0, 1, "out", 0],
    [1.5, 1, "out", 0.5],
    [3.5, 1, "pause", 0.5],
    [5.5, 1, "back", 0.5],
    [7, 2, "out", 0],
    [13.9, 2, "back", 0.967],
  ])("at %s s it is repetition %s, %s", (seconds, number, phase, fraction) => {
    play.next();
    clock += seconds * 1000;
    expect(play.rep).toMatchObject({ number, phase });
    expect(play.rep?.fraction).toBeCloseTo(fraction, 2);
  });

  it("has none in a hold", () => {
    for (let step = 0; step < 6; step += 1) play.next();
    expect(play.step?.act).toBe("hold");
    expect(play.rep).toBeUndefined();
  });
});

describe("what was done", () => {
  it("counts one side of a set as half of it", () => {
    pass(10 + 14);
    expect(play.sets(0)).toBe(0.5);
    pass(8 + 14);
    expect(play.sets(0)).toBe(1);
  });

  it("counts a set that is left early by hand, and no rest", () => {
    play.next();
    play.next();
    play.next();
    expect(play.sets(0)).toBe(0.5);
  });

  it("takes a set back that is begun anew", () => {
    play.next();
    play.next();
    expect(play.step?.act).toBe("switch");
    play.back();
    expect(play.step).toMatchObject({ act: "reps", side: "right" });
    expect(play.sets(0)).toBe(0);
  });

  it("restarts a set that is under way", () => {
    play.next();
    pass(5);
    play.back();
    expect(play.step?.act).toBe("reps");
    expect(play.elapsed).toBe(0);
  });

  it("does not go back past the beginning", () => {
    play.back();
    expect(play.index).toBe(0);
  });

  it("leaves an exercise undone when it is skipped", () => {
    play.next();
    play.skipExercise();
    expect(play.step).toMatchObject({ act: "ready", exercise: 1 });
    play.skipExercise();
    expect(play.finished).toBe(true);
    expect(play.sets(0) + play.sets(1)).toBe(0);
    play.next();
    expect(play.finished).toBe(true);
  });

  it("can go back from the end", () => {
    for (let step = 0; step < STEPS.length; step += 1) play.next();
    expect(play.finished).toBe(true);
    play.back();
    expect(play.step?.act).toBe("walk");
    expect(play.sets(1)).toBe(1);
  });

  it("keeps the sets before one that is begun anew after a skip", () => {
    for (let step = 0; step < 4; step += 1) play.next();
    expect(play.sets(0)).toBe(1);
    play.skipExercise();
    play.back();
    expect(play.step).toMatchObject({ act: "reps", side: "left" });
    expect(play.sets(0)).toBe(0.5);
  });

  it("is not stretched by a long look at something else", () => {
    for (let step = 0; step < STEPS.length; step += 1) play.next();
    clock += 2 * ASLEEP_MS;
    play.back();
    play.back();
    expect(play.tick()).toBe(false);
    expect(play.paused).toBe(false);
    expect(play.elapsed).toBe(0);
  });
});

describe("saved and taken up again", () => {
  it("stands paused where it was", () => {
    pass(10 + 14 + 8 + 5);
    const saved = play.save();
    clock = 1_000_000;
    play = new Playback(STEPS, now, JSON.parse(JSON.stringify(saved)));
    expect(play.paused).toBe(true);
    expect(play.step).toMatchObject({ act: "reps", side: "left" });
    expect(play.elapsed).toBeCloseTo(5_000);
    expect(play.sets(0)).toBe(0.5);
    play.resume();
    pass(9);
    expect(play.sets(0)).toBe(1);
  });

  it("begins anew if the steps do not fit", () => {
    play = new Playback(STEPS, now, { index: 99, elapsed: 0, done: [] });
    expect(play.index).toBe(0);
    expect(play.paused).toBe(false);
  });
});
