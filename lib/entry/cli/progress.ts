import ora from "ora";
import type { ProgressStep } from "../../workflows/scan/ports.ts";
import type { Terminal } from "./terminal.ts";

export interface ProgressView {
  step(step: ProgressStep): void;
  stop(): void;
}

const PLAIN_EVERY_MS = 10_000;

/** Counts and time left on one moving line, or a plain line now and then where nothing can move. */
export function showProgress(terminal: Terminal): ProgressView {
  const spinner = terminal.animated ? ora({ stream: process.stderr }).start() : undefined;
  const began = performance.now();
  const state = { planned: 0, done: 0, found: 0, printed: began };
  return {
    step(step) {
      count(state, step);
      if (terminal.verbose && step.kind === "asked") terminal.note(askedText(step, terminal));
      const text = terminal.m.scan.progress(
        state.done,
        state.planned,
        state.found,
        timeLeft(state, performance.now() - began),
      );
      if (spinner) spinner.text = text;
      else if (performance.now() - state.printed > PLAIN_EVERY_MS) {
        state.printed = performance.now();
        terminal.note(text);
      }
    },
    stop: () => void spinner?.stop(),
  };
}

function count(state: { planned: number; done: number; found: number }, step: ProgressStep): void {
  if (step.kind === "planned") state.planned += step.open;
  else if (step.kind === "asked") state.done += 1;
  else state.found += 1;
}

function askedText(step: Extract<ProgressStep, { kind: "asked" }>, { m }: Terminal): string {
  const result = step.failure ? `${m.failure[step.failure.kind]}: ${step.failure.detail}` : String(step.listings);
  return `  ${step.source}  ${step.term}  ${result}`;
}

function timeLeft({ planned, done }: { planned: number; done: number }, elapsedMs: number): string {
  if (done < 3 || planned <= done) return "";
  const seconds = Math.ceil(((planned - done) * elapsedMs) / done / 1000);
  return seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
