import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { useDebounced } from "../../../forms/useDebounced";
import type { Composed } from "../../../ipc/bindings/Composed";
import type { EventType } from "../../../ipc/bindings/EventType";
import { checkQuery, composeQuery } from "../api/compose";

const PAUSE_MS = 250;

/** The detail that is composed: what was prepared, what was typed over it for each event type, and what the check says. */
export function useComposer(actionId: string) {
  const [eventType, setEventType] = useState<EventType>("incident-created");
  const [typed, setTyped] = useState<Partial<Record<EventType, string>>>({});
  const composed = useQuery(composeQuery(actionId, eventType));
  const text = typed[eventType] ?? composed.data?.detail ?? "";
  const settled = useDebounced({ eventType, text }, PAUSE_MS);
  const prepared = composed.data?.detail === text;
  const asked = useQuery({ ...checkQuery(actionId, settled.eventType, settled.text), enabled: composed.data !== undefined && !prepared });
  const type = (next: string) => setTyped((before) => ({ ...before, [eventType]: next === composed.data?.detail ? undefined : next }));
  const take = (event: Composed) => {
    setEventType(event.event_type);
    setTyped((before) => ({ ...before, [event.event_type]: event.detail }));
  };
  const reset = () => {
    setTyped((before) => ({ ...before, [eventType]: undefined }));
    void composed.refetch();
  };
  return {
    eventType,
    setEventType,
    composed,
    text,
    type,
    take,
    reset,
    edited: typed[eventType] !== undefined,
    check: prepared ? composed.data?.check : asked.data,
    checkFailure: prepared ? null : asked.error,
  };
}

export type ComposerState = ReturnType<typeof useComposer>;
