import { createContext } from "react";
import type { FlashbarProps } from "@cloudscape-design/components/flashbar";

/** The notices as the frame's flash bar takes them. */
export const FlashContext = createContext<FlashbarProps.MessageDefinition[]>([]);
