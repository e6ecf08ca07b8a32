/* A part of a page that comes after it. What stands there without scripts, a link, stays where nothing comes. */

/* Fill [data-slot=found] of `element` from its data-from; or, where what comes is in parts that name a slot each, those slots. */
export async function fill(element: HTMLElement): Promise<void> {
  try {
    const answer = await fetch(element.dataset.from!)
    if (!answer.ok) return
    const came = new DOMParser().parseFromString(await answer.text(), "text/html").body
    const parts = [...came.querySelectorAll<HTMLElement>(":scope > [data-slot]")]
    for (const part of parts.length ? parts : [came]) {
      const slot = element.querySelector(`[data-slot="${part.dataset.slot ?? "found"}"]`)
      slot?.replaceChildren(...[...part.childNodes].map((node) => document.importNode(node, true)))
    }
  } catch {
    // The link stays.
  }
}
