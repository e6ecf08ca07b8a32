/* Choosing in a <select> that acts at once, by keyboard: a closed one would act at every step of an arrow key or letter, so
 * these open the palette over its options, where one is chosen by its first letters and Enter. Space and Enter open it as ever.
 */
import type { DeskPalette } from "./desk-palette.ts"

const STEPS = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"])

/* Open the palette over what `select` offers; where there is none the focus goes there. */
export function offer(select: HTMLSelectElement) {
  const palette = document.querySelector<DeskPalette>("desk-palette")
  if (palette) palette.choose(select)
  else select.focus()
}

/* Do so for every select in `root` that `which` names. One that a pointer chose in gives the focus back, so that letters are keys again. */
export function onChoosing(root: HTMLElement, which: string, signal: AbortSignal) {
  const pointed = new WeakSet<Element>()
  const named = ({ target }: Event) => (target instanceof HTMLSelectElement && target.matches(which) ? target : null)
  root.addEventListener("pointerdown", (event) => named(event) && pointed.add(named(event)!), { signal })
  root.addEventListener(
    "keydown",
    (event) => {
      const select = named(event)
      if (!select || event.ctrlKey || event.metaKey || event.altKey) return
      pointed.delete(select)
      if (STEPS.has(event.key)) event.preventDefault()
      else if (!isLetter(event)) return
      offer(select)
    },
    { signal },
  )
  root.addEventListener("change", (event) => named(event) && pointed.has(named(event)!) && named(event)!.blur(), { signal })
}

/* A letter goes on into the field that opens; one of a Hangul syllable in the making says no key. */
function isLetter(event: KeyboardEvent): boolean {
  return event.isComposing || event.key === "Process" || (event.key.length === 1 && event.key !== " ")
}
