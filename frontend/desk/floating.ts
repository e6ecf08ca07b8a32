/* details[data-floats]   lies over the page: a press elsewhere or Escape closes it, as people expect of a menu. */

const OPEN = "details[data-floats][open]"

const close = (panel: HTMLDetailsElement) => {
  const isWithin = panel.contains(document.activeElement)
  panel.open = false
  if (isWithin) panel.querySelector("summary")?.focus()
}

document.addEventListener("click", ({ target }) => {
  for (const panel of document.querySelectorAll<HTMLDetailsElement>(OPEN)) {
    if (!panel.contains(target as Node)) panel.open = false
  }
})

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return
  const panels = document.querySelectorAll<HTMLDetailsElement>(OPEN)
  panels.forEach(close)
  if (panels.length) event.preventDefault()
})

/* What it is opened for most has the focus at once. */
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (target instanceof HTMLDetailsElement && target.matches(OPEN)) target.querySelector<HTMLElement>("[data-first]")?.focus()
  },
  { capture: true },
)

document.addEventListener("submit", ({ submitter }) => {
  const panel = submitter?.closest<HTMLDetailsElement>(OPEN)
  if (panel) close(panel)
})
