import { createContext, useContext, useLayoutEffect, type ReactNode } from "react";
import type { AppLayoutProps } from "@cloudscape-design/components/app-layout";

export interface Crumb {
  text: string;
  href: string;
}

/** What a page asks of the frame around it. */
export interface FrameOptions {
  /** The way to this page, without the leading "Waybill". */
  crumbs: Crumb[];
  contentType?: AppLayoutProps.ContentType;
  /** A `HelpPanel` at the right. */
  help?: ReactNode;
  /** A `SplitPanel` at the foot; present means open. */
  split?: ReactNode;
  onSplitClose?: () => void;
  /** Starts with the side navigation closed, for pages that need the width. */
  narrowNavigation?: boolean;
}

export const FrameContext = createContext<(options: FrameOptions) => void>(() => undefined);

/** Tells the frame what this page needs, after each render of the page. */
export function useFrame(options: FrameOptions): void {
  const tell = useContext(FrameContext);
  useLayoutEffect(() => tell(options));
}
