import { act, render } from "@testing-library/react";
import { Channel } from "@tauri-apps/api/core";
import { mockIPC } from "@tauri-apps/api/mocks";
import { App } from "../app/App";
import type { LiveEvent } from "../ipc/bindings/LiveEvent";
import { createQueryClient } from "../ipc/queryClient";
import { environment, poller } from "./fixtures";

type Answer = (args: Record<string, unknown>) => unknown;

/** A desktop behind the IPC boundary: commands answered by the test, calls kept, live events sent at will. */
export class FakeDesktop {
  readonly calls: { command: string; args: Record<string, unknown> }[] = [];
  private channel: Channel<LiveEvent[]> | null = null;

  constructor(private readonly answers: Record<string, Answer>) {
    const usual: Record<string, Answer> = { environment: () => environment(), poller: () => poller(), list_runs: () => [], questions: () => [], list_alert_actions: () => [], active_faults: () => [], save_window_settings: (args) => args.settings, set_menu: () => null, remove_menu: () => null, subscribe: (args) => this.subscribe(args) };
    mockIPC((command, payload) => {
      const args = (payload ?? {}) as Record<string, unknown>;
      this.calls.push({ command, args });
      const answer = this.answers[command] ?? usual[command];
      if (!answer) throw new Error(`The test answers no command ${command}`);
      return answer(args);
    });
  }

  private subscribe(args: Record<string, unknown>): null {
    if (args.channel instanceof Channel) this.channel = args.channel as Channel<LiveEvent[]>;
    return null;
  }

  /** Changes what a command answers from now on. */
  answer(command: string, answer: Answer): void {
    this.answers[command] = answer;
  }

  /** The arguments of every call of one command. */
  argsOf(command: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.command === command).map((call) => call.args);
  }

  /** Sends one batch on the live channel. */
  async live(...events: LiveEvent[]): Promise<void> {
    await act(async () => this.channel?.onmessage(events));
  }
}

/** The whole window at an address, over a desktop that answers as told. */
export function openWindow(hash: string, answers: Record<string, Answer>): FakeDesktop {
  const desktop = new FakeDesktop(answers);
  window.location.hash = hash;
  render(<App queries={createQueryClient()} />);
  return desktop;
}
