import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";

/** The same classes as read-only code has. */
const COLOURS = tagHighlighter([
  { tag: tags.propertyName, class: "token-key" },
  { tag: tags.string, class: "token-string" },
  { tag: [tags.number, tags.bool, tags.null], class: "token-number" },
]);

/** Holds whether the text can be changed. */
export const locked = new Compartment();

export const lock = (readOnly: boolean): Extension => [EditorState.readOnly.of(readOnly), EditorView.editable.of(!readOnly)];

/** A fresh editor: numbered lines, history, JSON. Tab is left to the keyboard's way through the page. */
export function editorState(label: string, onText: (text: string) => void): EditorState {
  return EditorState.create({
    extensions: [
      lineNumbers(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      highlightActiveLine(),
      json(),
      syntaxHighlighting(COLOURS),
      keymap.of([...defaultKeymap, ...historyKeymap]),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
      EditorView.updateListener.of((update) => update.docChanged && onText(update.state.doc.toString())),
      locked.of(lock(false)),
    ],
  });
}
