/* form[data-sends]   Ctrl or Cmd with Enter in one of its fields presses its first primary button, as in a reply. An Enter that
 * ends a Hangul syllable does not.
 */
import { placed } from "./keys.ts"

document.addEventListener("keydown", (event) => {
  const form = event.target instanceof HTMLElement ? event.target.closest<HTMLFormElement>("form[data-sends]") : null
  if (!form || event.defaultPrevented || event.isComposing || event.keyCode === 229) return
  if (placed(event) !== "enter" || !(event.ctrlKey || event.metaKey)) return
  event.preventDefault()
  form.requestSubmit(form.querySelector<HTMLButtonElement>("button[data-kind=primary]"))
})
