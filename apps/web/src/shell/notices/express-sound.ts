/** Hz and seconds: two short tones, unlike any sound of the system, for what does not wait. */
const tones = [
  { frequency: 740, at: 0 },
  { frequency: 988, at: 0.22 },
] as const;
const length = 0.18;

/** Rings once for an official telegram or express. A browser that allows no sound yet stays silent: the mark remains. */
export function ringForExpress(): void {
  const context = new AudioContext();
  for (const { frequency, at } of tones) {
    const tone = context.createOscillator();
    const loudness = context.createGain();
    tone.frequency.value = frequency;
    loudness.gain.value = 0.15;
    tone.connect(loudness).connect(context.destination);
    tone.start(context.currentTime + at);
    tone.stop(context.currentTime + at + length);
  }
  setTimeout(() => void context.close(), 1000);
}
