/* A part of a page that comes after it. What stands there without scripts, a link, stays where nothing comes. */

import { show } from "../ui/dom.ts"
import { fetchPage } from "./page.ts"

/* Fill [data-slot=found] of `element` from its data-from; or, where what comes is in parts that name a slot each, those slots. */
export async function fill(element: HTMLElement): Promise<void> {
  try {
    const came = (await fetchPage(element.dataset.from!)).body
    const parts = [...came.querySelectorAll<HTMLElement>(":scope > [data-slot]")]
    for (const part of parts.length ? parts : [came]) {
      const slot = element.querySelector(`[data-slot="${part.dataset.slot ?? "found"}"]`)
      if (slot) show(slot, part)
    }
  } catch {
    // The link stays.
  }
}
