/* Everything a console page may hold. */
import "./signed-in.ts"
import "./topic-shelves.ts"
import "./draft-keeper.ts"
import "./places.ts"
import "./own-css.ts"
