import { beforeEach, describe, expect, it } from "vitest";
import { draftOf, parcels } from "../src/outbox";
import type { Programme } from "../src/programme";
import { GuidedSession } from "../src/session";
import { MODEL } from "./golden";

const LIMIT = MODEL.limits.stop_at;
let clock = 0;
const now = (): number => clock;
let session: GuidedSession;

/** Something that answers as the programme does, or refuses. */
const answering = (act: () => Promise<unknown>): Programme => ({ act }) as unknown as Programme;

function finish(): void {
  while (!session.playback.finished) session.playback.next();
}

beforeEach(() => {
  localStorage.clear();
  session = GuidedSession.of(MODEL, undefined, now);
});

describe("what is played", () => {
  it("is what is left of today, and ends with no rest", () => {
    const done = MODEL.session.exercises.filter((one) => one.done);
    expect(done).toHaveLength(1);
    expect(session.exercises).toHaveLength(MODEL.session.exercises.length - 1);
    expect(session.steps.at(-1)?.act).not.toBe("rest");
    const played = new Set(session.steps.map((step) => step.exercise));
    expect(played).toEqual(new Set(session.exercises.keys()));
  });

  it("can be one exercise", () => {
    const wanted = MODEL.session.exercises.at(-1)!;
    session = GuidedSession.of(MODEL, wanted.id, now);
    expect(session.exercises).toEqual([wanted]);
    expect(session.steps.every((step) => step.exercise === 0)).toBe(true);
  });
});

describe("what is told", () => {
  it("is everything after a whole session", () => {
    finish();
    session.pain = 0;
    session.effort = 6;
    expect(session.result()).toEqual({
      session_id: session.sessionId,
      date: MODEL.today,
      exercises: session.exercises.map((one) => one.id),
      completed: 100,
      whole: true,
      pain_during: 0,
      effort: 6,
    });
  });

  it("is the share of the exercises that were begun", () => {
    const [first] = session.exercises;
    while (session.setsDone(0) < 1) session.playback.next();
    const told = session.result();
    expect(told.exercises).toEqual([first!.id]);
    expect(told["completed"]).toBe(Math.round(100 / first!.sets));
    expect(told).not.toHaveProperty("pain_during");
    expect(told).not.toHaveProperty("cut_short");
  });

  it("leaves out what the person says was not done", () => {
    finish();
    session.undone.add(0);
    expect(session.result().exercises).not.toContain(session.exercises[0]!.id);
  });

  it("says that nothing follows, but not of one exercise alone", () => {
    session.playback.skipExercise();
    expect(session.result()["whole"]).toBe(true);
    const one = GuidedSession.of(MODEL, session.exercises[0]!.id, now);
    expect(one.result()).not.toHaveProperty("whole");
    one.pain = 1;
    one.keep();
    expect(GuidedSession.resumed(draftOf(MODEL.entry_id)!, now).single).toBe(true);
  });

  it("is nothing if no set was done", () => {
    session.playback.skipExercise();
    expect(session.result().exercises).toEqual([]);
  });
});

describe("that hurts", () => {
  it("goes on below the limit, and keeps the worst", () => {
    const before = session.playback.step;
    session.hurts(LIMIT - 1, LIMIT);
    session.hurts(2, LIMIT);
    expect(session.playback.step).toBe(before);
    expect(session.pain).toBe(LIMIT - 1);
    expect(session.cutShort).toBe(false);
    expect(Object.keys(session.result())).not.toContain("painkiller");
  });

  it("ends the exercise from the limit on", () => {
    session.hurts(LIMIT, LIMIT);
    expect(session.playback.step?.exercise).toBe(1);
    expect(session.cutShort).toBe(true);
    expect(session.result()).toMatchObject({ cut_short: true, pain_during: LIMIT });
  });
});

describe("kept and sent", () => {
  it("is taken up again with all that was said", () => {
    finish();
    session.playback.back();
    session.pain = 3;
    session.painkiller = true;
    session.keep();
    const again = GuidedSession.resumed(draftOf(MODEL.entry_id)!, now);
    expect(again.sessionId).toBe(session.sessionId);
    expect(again.pain).toBe(3);
    expect(again.result()).toMatchObject({ painkiller: true });
    expect(again.playback.step).toEqual(session.playback.step);
    expect(again.result()).toEqual(session.result());
  });

  it("leaves nothing behind once it is stored", async () => {
    session.pain = 1;
    session.keep();
    const told = await session.send(answering(async () => ({ reasons: [] })));
    expect(told.answer).toEqual({ reasons: [] });
    expect(parcels()).toEqual([]);
    expect(draftOf(MODEL.entry_id)).toBeUndefined();
  });

  it("waits on the device while nobody answers", async () => {
    const told = await session.send(answering(() => Promise.reject({ code: 3 })));
    expect(told.answer).toBeUndefined();
    expect(parcels()).toEqual([{ entryId: MODEL.entry_id, data: session.result() }]);
  });

  it("stays as it is if it is refused", async () => {
    session.pain = 1;
    const refusal = { code: "service_validation_error", message: "no" };
    await expect(session.send(answering(() => Promise.reject(refusal)))).rejects.toBe(refusal);
    expect(parcels()).toEqual([]);
    expect(draftOf(MODEL.entry_id)).toBeDefined();
  });
});
