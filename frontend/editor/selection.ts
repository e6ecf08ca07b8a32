/* The selection as the author sees it. A browser makes a new selection at once and tells of it a moment later; who presses
 * End and Enter, or Shift+Home and Ctrl+K, in one go is faster than that, and the second key would fall on the old place.
 */
import { TextSelection } from "@tiptap/pm/state"
import type { EditorView } from "@tiptap/pm/view"

/* Bring the editor's selection up to date with the browser's, before a key is handled. */
export function catchUp(view: EditorView): void {
  const { state } = view
  const seen = document.getSelection()
  if (view.composing || !(state.selection instanceof TextSelection) || !seen?.anchorNode || !seen.focusNode) return
  if (!isText(view, seen.anchorNode) || !isText(view, seen.focusNode)) return
  const end = (node: Node, offset: number) => state.doc.resolve(view.posAtDOM(node, offset))
  const selection = TextSelection.between(end(seen.anchorNode, seen.anchorOffset), end(seen.focusNode, seen.focusOffset))
  if (!selection.eq(state.selection)) view.dispatch(state.tr.setSelection(selection))
}

/* Does this place of the page lie in text that is written, not in a part that is drawn around it? */
function isText(view: EditorView, node: Node): boolean {
  const element = node instanceof Element ? node : node.parentElement
  return view.dom.contains(node) && element!.closest("[contenteditable]") === view.dom
}
