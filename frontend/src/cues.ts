/** What can be heard and felt during a session, and keeping the screen on. */

import { currentLanguage } from "./strings";

interface Sentinel {
  release(): Promise<void>;
}

export class Cues {
  private audio: AudioContext | undefined;
  private lock: Sentinel | undefined;
  private ended = false;

  constructor(private readonly enabled: boolean) {}

  /** Say it where the browser can speak, else beep: many app views have no voice. */
  say(text: string): void {
    if (!this.enabled) return;
    const speech = window.speechSynthesis;
    if (speech?.getVoices().length) {
      speech.cancel();
      const words = new SpeechSynthesisUtterance(text);
      words.lang = currentLanguage();
      speech.speak(words);
    } else {
      this.beep();
    }
  }

  beep(pitch = 880): void {
    if (!this.enabled) return;
    try {
      this.audio ??= new AudioContext();
      const { currentTime, destination } = this.audio;
      const tone = this.audio.createOscillator();
      const volume = this.audio.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.12, currentTime);
      volume.gain.exponentialRampToValueAtTime(0.001, currentTime + 0.18);
      tone.connect(volume).connect(destination);
      tone.start();
      tone.stop(currentTime + 0.2);
    } catch {
      // No sound is no reason to stop.
    }
  }

  buzz(): void {
    navigator.vibrate?.(60);
  }

  /** Keep the screen on; returns whether this browser can (only on https or localhost). */
  async stayAwake(): Promise<boolean> {
    const wakeLock = (navigator as { wakeLock?: { request(kind: "screen"): Promise<Sentinel> } })
      .wakeLock;
    if (!wakeLock) return false;
    try {
      const lock = await wakeLock.request("screen");
      this.letGo();
      this.lock = lock;
      if (this.ended) this.letGo(); // closed before the browser answered: it would stay on
    } catch {
      // Hidden page or low battery; asked for again when the page is seen again.
    }
    return true;
  }

  private letGo(): void {
    this.lock?.release().catch(() => undefined);
    this.lock = undefined;
  }

  end(): void {
    this.ended = true;
    this.letGo();
    window.speechSynthesis?.cancel();
    void this.audio?.close();
  }
}
