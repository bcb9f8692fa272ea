import { useLayoutEffect, useRef, type ReactNode } from "react";
import "./commands.css";

interface DialogProps {
  label: string;
  onClose: () => void;
  children: ReactNode;
}

/** A modal dialog over the whole window; Escape and a click beside it close it, and the focus returns to where it was. */
export function Dialog({ label, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the next key is looked at, so that it goes to the dialog.
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (typeof shown?.showModal === "function") shown.showModal();
    else shown?.setAttribute("open", "");
    return () => shown?.close?.();
  }, []);
  return (
    <dialog ref={dialog} className="dialog" aria-label={label} onCancel={onClose} onClick={(event) => event.target === dialog.current && onClose()}>
      {children}
    </dialog>
  );
}
