import { useEffect, useRef, type RefObject } from "react";
import type { FieldProblem } from "../ipc/bindings/FieldProblem";

/** Puts the focus on the first refused field inside the element, once per refusal. */
export function useFocusProblem(problems: readonly FieldProblem[]): RefObject<HTMLDivElement | null> {
  const within = useRef<HTMLDivElement>(null);
  const told = useRef("");
  useEffect(() => {
    const now = JSON.stringify(problems);
    if (now === told.current) return;
    told.current = now;
    if (problems.length > 0) within.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  });
  return within;
}
