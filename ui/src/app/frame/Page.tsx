import { useEffect, type ReactNode } from "react";
import { useFrame, type FrameOptions } from "./FrameContext";

/** The outermost element of every page: its content, and what it asks of the frame. */
export function Page({ children, ...options }: FrameOptions & { children: ReactNode }) {
  useFrame(options);
  const title = options.crumbs.at(-1)?.text;
  useEffect(() => {
    document.title = title ? `${title} – Waybill` : "Waybill";
  }, [title]);
  return <>{children}</>;
}
