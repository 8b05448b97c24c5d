#!/usr/bin/env bash
# Fuzzes the readers of files with coverage guidance, one fuzz test after another, and prints what
# came of each. Ends with 1 if one found a fault; the input is then beside the test's other inputs
# in src/test/resources, or in the module's folder. Run from anywhere.
#
#   vae-examples/reliability/fuzz.sh [--seconds 60] [--seed 1] [fuzzIdx fuzzPng ...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

seconds=60
seed=1
while [[ ${1:-} == --* ]]; do
  case $1 in
    --seconds) seconds=$2 ;;
    --seed) seed=$2 ;;
    *)
      sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
      exit 2
      ;;
  esac
  shift 2
done

logs=target/fuzz
mkdir -p "$logs"
failed=0
ran=0
while IFS=: read -r file method; do
  [[ $# == 0 || " $* " == *" $method "* ]] || continue
  ran=1
  class=$(basename "$file" .java)
  log=$logs/$method.log
  # The two arguments are libFuzzer's: a name for the program, and the seed.
  if JAZZER_FUZZ=1 mvn -B test -pl "${file%%/*}" -am -Dtest="$class#$method" \
    -Dsurefire.failIfNoSpecifiedTests=false -Djazzer.max_duration="${seconds}s" \
    -Djazzer.internal.arg.0=fuzz -Djazzer.internal.arg.1=-seed="$seed" </dev/null >"$log" 2>&1; then
    outcome="no fault"
  else
    outcome="FAULT, see $log"
    failed=1
  fi
  reached=$(grep -aoE '^#[0-9]+.*exec/s: [0-9]+' "$log" | tail -1 | tr '\t' ' ' || true)
  printf '%-22s  %s: %s\n' "$method" "$outcome" "${reached:-it did not start}"
done < <(grep -roE 'void fuzz[A-Za-z]+' --include='*Test.java' vae-*/src/test |
  sed 's/:void /:/' | sort)
if [[ $ran == 0 ]]; then
  echo "no fuzz test is named $*" >&2
  exit 2
fi
exit "$failed"
