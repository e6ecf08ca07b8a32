/* Everything a console page may hold. */
import "./topic-shelves.ts"
import "./draft-keeper.ts"
