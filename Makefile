# Two commands are all a newcomer needs: `make run` and `make test`.
.PHONY: run test check bench faults dev
run:     ; @bin/run
test:    ; @bin/test
check:   ; @bin/check
bench:   ; @bin/bench
faults:  ; @bin/faults
dev:     ; @bin/dev
