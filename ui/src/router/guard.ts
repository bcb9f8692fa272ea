/** Asked before the window goes elsewhere; `false` keeps it where it is. */
export type Guard = (href: string) => boolean;

let current: Guard | null = null;

/** Puts a guard before every way out of the page; the answer takes it away again. */
export function guardLeaving(guard: Guard): () => void {
  current = guard;
  return () => {
    if (current === guard) current = null;
  };
}

/** Whether the page lets the window go. */
export const mayLeave = (href: string): boolean => current === null || current(href);
