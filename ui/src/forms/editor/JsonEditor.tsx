import { useEffect, useRef } from "react";
import { setDiagnostics } from "@codemirror/lint";
import { EditorView } from "@codemirror/view";
import { diagnosticsOf, type TextProblem } from "./diagnostics";
import { editorState, locked, lock } from "./extensions";
import "../../kit/code.css";
import "./editor.css";

interface JsonEditorProps {
  value: string;
  onChange: (text: string) => void;
  label: string;
  /** What the Rust side says is wrong with the text, where it says so. */
  problem: TextProblem | null;
  /** What is unusual about it, which does not make it wrong. */
  unusual?: readonly TextProblem[];
  readOnly?: boolean;
  /** Height in pixels before it scrolls. */
  maxHeight?: number;
}

const NONE: readonly TextProblem[] = [];

/** JSON that can be edited; the mistake is marked where it is. */
export function JsonEditor({ value, onChange, label, problem, unusual = NONE, readOnly = false, maxHeight = 320 }: JsonEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const changed = useRef(onChange);
  useEffect(() => {
    changed.current = onChange;
  });
  useEffect(() => {
    if (!host.current) return;
    const made = new EditorView({ parent: host.current, state: editorState(label, (text) => changed.current(text)) });
    view.current = made;
    return () => made.destroy();
  }, [label]);
  useEffect(() => {
    const shown = view.current;
    if (!shown || shown.state.doc.toString() === value) return;
    shown.dispatch({ changes: { from: 0, to: shown.state.doc.length, insert: value } });
  }, [value, label]);
  useEffect(() => view.current?.dispatch({ effects: locked.reconfigure(lock(readOnly)) }), [readOnly, label]);
  useEffect(() => {
    const shown = view.current;
    if (!shown) return;
    shown.dispatch(setDiagnostics(shown.state, diagnosticsOf(shown.state.doc, problem, unusual)));
    shown.contentDOM.setAttribute("aria-invalid", String(problem !== null));
  }, [problem, unusual, label]);
  return <div ref={host} className={`editor${problem ? " editor-invalid" : ""}`} style={{ maxHeight }} />;
}
