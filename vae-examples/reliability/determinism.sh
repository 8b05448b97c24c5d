#!/usr/bin/env bash
# The same configuration gives the same numbers, and a run's folder is enough to repeat it.
#
#   vae-examples/reliability/determinism.sh
#
# Trains twice with one thread and twice with two, compares what was measured and the weights to the
# last digit, then repeats a run from the config.conf that it left. Needs bash and the usual GNU tools.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

likelihood() {
  sed -n 's/^ *"nll": \(.*\),/\1/p' "$1/results.json" | head -n 1
}

for threads in 1 2; do
  for time in first second; do
    "$VAE" train "$small" --threads $threads --output "$work/$time-$threads" --quiet >"$work/out"
  done
  require_same "$work/first-$threads" "$work/second-$threads"
  printf '%d thread(s): twice -log p(x) = %s, and all else equal, weights included\n' $threads \
    "$(likelihood "$work/first-$threads")"
done
if [ "$(numbers "$work/first-1")" = "$(numbers "$work/first-2")" ]; then
  echo "1 and 2 threads: the same numbers here"
else
  echo "1 and 2 threads: other numbers, as sums are taken in another order"
fi

"$VAE" train "$work/first-1/config.conf" --output "$work/repeated" --quiet >"$work/out"
require_same "$work/first-1" "$work/repeated"
echo "from the config.conf that a run left: the same numbers"

for key in large-vae git-commit djl engine java operating-system processors device threads seed \
  data-sha256 started finished; do
  grep -q "^  \"$key\": ." "$work/first-1/provenance.json" || fail "provenance.json has no $key"
done
grep -qE '^    ".+": "[0-9a-f]{64}"' "$work/first-1/provenance.json" ||
  fail "provenance.json has no hash of the data"
echo "provenance.json:"
sed 's/^/  /' "$work/first-1/provenance.json"
