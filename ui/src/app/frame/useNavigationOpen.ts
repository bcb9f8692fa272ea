import { useEffect, useState } from "react";

/** From here on there is room beside the page. */
export const WIDE = "(min-width: 1100px)";

/** Whether the side navigation is open: closed on narrow windows and on pages that need the width. */
export function useNavigationOpen(narrow: boolean): [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(() => window.matchMedia(WIDE).matches);
  useEffect(() => {
    const media = window.matchMedia(WIDE);
    const follow = () => setOpen(media.matches && !narrow);
    follow();
    media.addEventListener("change", follow);
    return () => media.removeEventListener("change", follow);
  }, [narrow]);
  return [open, setOpen];
}
