/* On a phone the places of the console are one line to swipe: it begins where one is. */
const here = document.querySelector<HTMLElement>(".console-side [aria-current=page]")
const line = here?.closest("nav")
if (here && line && line.scrollWidth > line.clientWidth)
  line.scrollLeft += here.getBoundingClientRect().left - line.getBoundingClientRect().left - (line.clientWidth - here.offsetWidth) / 2
