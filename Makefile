# The front door. Everything behind it is in scripts/.
.PHONY: help run test check fix lock

help: ## list what can be done
	@sed -n 's/^\([a-z]*\): *## /  make \1\t/p' Makefile

run: ## open the portal (HOST, PORT and DATA from the environment)
	@scripts/run.sh

test: ## run the whole suite
	@scripts/test.sh

check: ## every check of the house
	@scripts/check.sh

fix: ## mend what a machine can mend
	@scripts/fix.sh

lock: ## write the lock files again
	@scripts/lock.sh
