/* Changes to what stands in a field. Those somebody asked for join the field's own undo, so that Ctrl+Z takes them back. */

/* Put `text` in place of what stands from `from` to `to`, as if it had been typed; the cursor is behind it. */
export function type(field: HTMLTextAreaElement, text: string, from = field.selectionStart, to = field.selectionEnd) {
  field.focus()
  field.setSelectionRange(from, to)
  const did = text ? document.execCommand("insertText", false, text) : from === to || document.execCommand("delete")
  if (did) return
  field.setRangeText(text, from, to, "end")
  field.dispatchEvent(new Event("input", { bubbles: true }))
}

/* Other words altogether: a draft of another window, or nothing once they were sent. What is drawn over the field follows. */
export function put(field: HTMLTextAreaElement, text: string) {
  field.value = text
  field.dispatchEvent(new Event("words-put"))
}
