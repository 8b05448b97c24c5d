#!/usr/bin/env bash
# Two processes started on one output folder: one works, the other says who holds it.
#
#   vae-examples/reliability/concurrency.sh [--pairs N]
#
#   --pairs N  how many pairs are started (5)
#
# Then: a third one during training is told the same, with --resume and without; a lock left by a
# killed process does not block; two sweeps in one folder, likewise. Needs bash and the usual GNU tools.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

pairs=5
[ "${1:-}" != --pairs ] || pairs=$2
host=$(cat /proc/sys/kernel/hostname 2>/dev/null || hostname)

# told FILE FOLDER PID: what the refused process says.
told() {
  require_sentence "$1"
  grep -qF "vae: $2: is in use by process $3 on host $host; wait for it" "$1" ||
    fail "not told who holds $2 (process $3): $(cat "$1")"
}

"$VAE" train "$small" --output "$work/reference" --quiet >"$work/out"

for ((i = 1; i <= pairs; i++)); do
  run=$work/pair-$i
  "$VAE" train "$small" --output "$run" --quiet >"$work/out" 2>"$work/log-a" &
  a=$!
  "$VAE" train "$small" --output "$run" --quiet >"$work/out" 2>"$work/log-b" &
  b=$!
  code_a=0
  wait $a || code_a=$?
  code_b=0
  wait $b || code_b=$?
  case $code_a-$code_b in
    0-2) told "$work/log-b" "$run" $a ;;
    2-0) told "$work/log-a" "$run" $b ;;
    *) fail "two processes on one folder ended with $code_a and $code_b" ;;
  esac
  require_same "$work/reference" "$run"
done
printf 'two at once: %d pairs; each time one finished with the right numbers, the other: exit 2,\n' "$pairs"
sed "s|$work/||" "$(grep -l "is in use by" "$work/log-a" "$work/log-b")" | sed 's/^/  /'

run=$work/held
"$VAE" train "$small" training.epochs=100000 --output "$run" --quiet >"$work/out" 2>"$work/log" &
child=$!
until [ -s "$run/metrics.csv" ] && [ -d "$run/checkpoints" ]; do sleep 0.1; done
for arguments in "" --resume; do
  code=0
  # shellcheck disable=SC2086
  "$VAE" train "$small" training.epochs=100000 $arguments --output "$run" 2>"$work/refused" || code=$?
  [ $code = 2 ] || fail "a third process ended with $code"
  told "$work/refused" "$run" $child
done
echo "during training: a third is refused alike, with --resume and without"
kill -KILL $child
wait $child 2>/dev/null || true
[ -s "$run/.lock" ] || fail "the killed process left no lock"
printf 'killed: its lock says "%s" and blocks nobody\n' "$(cat "$run/.lock")"
rows=$(wc -l <"$run/metrics.csv")
child=
"$VAE" train --resume training.epochs="$rows" --output "$run" --quiet >"$work/out" 2>"$work/log"
[ "$(wc -l <"$run/metrics.csv")" -gt "$rows" ] || fail "the resumed run did not go on"

cat >"$work/sweep.conf" <<END
base = "$small"
overrides { training.epochs = 60 }
axes { experiment.seed = [1, 2] }
END
"$VAE" sweep "$work/sweep.conf" --jobs 1 --output "$work/sweep" --quiet >"$work/out" 2>"$work/log" &
child=$!
until [ -s "$work/sweep/.sweep.lock" ]; do sleep 0.1; done
code=0
"$VAE" sweep "$work/sweep.conf" --output "$work/sweep" >"$work/out" 2>"$work/refused" || code=$?
[ $code = 2 ] || fail "a second sweep ended with $code"
require_sentence "$work/refused"
grep -qF "is in use by another sweep, process $child on host $host" "$work/refused" ||
  fail "$(cat "$work/refused")"
code=0
wait $child || code=$?
child=
[ $code = 0 ] || fail "the first sweep ended with $code: $(cat "$work/log")"
echo "two sweeps in one folder: the second is refused alike, the first finishes"
