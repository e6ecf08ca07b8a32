/* Which key was pressed, by its place on the board: J is J while a Korean keyboard is on, where `key` would be "ㅓ". */

const PLACES: Record<string, string> = { Slash: "/", Period: ".", BracketLeft: "[", BracketRight: "]", Enter: "enter", Escape: "escape" }

/* The letter, digit or name of the key; "?" for Shift+/. Empty for modifiers and for keys nobody uses here. */
export function placed(event: KeyboardEvent): string {
  const { code } = event
  if (code === "Slash" && event.shiftKey) return "?"
  if (code.startsWith("Key")) return code.slice(3).toLowerCase()
  if (code.startsWith("Digit")) return code.slice(5)
  return PLACES[code] ?? ""
}

/* True where letters are text: in fields, and while a dialog is open. */
export function isWriting(target: EventTarget | null): boolean {
  if (document.querySelector("dialog[open]")) return true
  return target instanceof Element && target.closest("input:not([type=radio]), textarea, select, [contenteditable]") !== null
}

/* Listen for single keys outside of fields, without Ctrl, Alt or Cmd. The handler returns true when it took the key. */
export function onKey(handler: (key: string, event: KeyboardEvent) => boolean | void, signal: AbortSignal) {
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return
    const key = placed(event)
    if (key && handler(key, event)) event.preventDefault()
  }
  document.addEventListener("keydown", listen, { signal })
}
