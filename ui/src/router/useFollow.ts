import { useCallback } from "react";
import { navigate } from "./location";

interface Followed {
  preventDefault: () => void;
  detail: { href?: string; external?: boolean };
}

/** An `onFollow` for Cloudscape links, breadcrumbs and navigation. */
export function useFollow(): (event: Followed) => void {
  return useCallback((event) => {
    const { href, external } = event.detail;
    if (!href || external) return;
    event.preventDefault();
    navigate(href);
  }, []);
}
