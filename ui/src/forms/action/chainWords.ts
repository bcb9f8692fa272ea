import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";

interface ChainWord {
  type: StatusIndicatorProps.Type;
  word: string;
}

const WORDS: Record<string, ChainWord> = {
  none: { type: "not-started", word: "Not set up" },
  planned: { type: "pending", word: "Planned" },
  partial: { type: "warning", word: "Partly set up" },
  complete: { type: "success", word: "Set up" },
};

/** How far a chain was set up, in words. */
export const chainWord = (state: string): ChainWord => WORDS[state] ?? { type: "info", word: state };
