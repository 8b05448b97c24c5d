#!/usr/bin/env bash
# Kills training at random moments and shows that nothing is lost.
#
#   vae-examples/reliability/kill.sh [--kills N] [--signals N] [--seed N]
#
#   --kills N    SIGKILLs, one to four in the life of a run (100)
#   --signals N  SIGTERMs, and as many SIGINTs, one in the life of a run (10)
#   --seed N     of the moments (1)
#
# After every SIGKILL each file that has its final name must be whole, and `vae evaluate` must
# either work or say in one sentence that there is no checkpoint yet. The run is then resumed, and in
# the end its numbers and weights must be those of a run that nobody disturbed, to the last digit.
# Half of the moments are drawn from the time that a run takes. The others wait for the evaluation,
# or for a checkpoint, a figure, the report or another file to be in the making. Where a kill struck is told
# from what it left. Needs bash and the usual GNU tools; 100 kills take some fifteen minutes on two
# cores.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# jobs in process groups of their own: else bash would have them ignore SIGINT
set -m

kills=100
signals=10
seed=1
while [ $# -gt 0 ]; do
  case $1 in
    --kills) kills=$2 ;;
    --signals) signals=$2 ;;
    --seed) seed=$2 ;;
    *) fail "no such option: $1; see the head of $0" ;;
  esac
  shift 2
done
RANDOM=$seed

# The phases that a kill can strike, in the order of a run.
phases=(
  "start-up, nothing written"
  "start-up, the folder begun"
  "mid-epoch"
  "a checkpoint being written"
  "evaluation"
  "drawing figures"
  "a figure being written"
  "the report being written"
  "another file being written"
  "after the results"
)
declare -A struck

# begin RUN: starts or goes on with a run, as a user would.
begin() {
  local arguments=("$small")
  [ ! -e "$1/model.json" ] || arguments+=(--resume)
  "$VAE" train "${arguments[@]}" --output "$1" >"$work/out" 2>"$work/log" &
  child=$!
}

# Waits for the child's end; its code is in $ended.
await() {
  ended=0
  wait "$child" 2>/dev/null || ended=$?
  child=
}

alive() {
  kill -0 "$child" 2>/dev/null
}

# Sends a signal to the child. Not to one that has ended: another process may have its number by now.
strike() {
  [ -z "$(jobs -rp)" ] || kill -"$1" "$child" 2>/dev/null || true
}

pause() {
  sleep "$(printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)))"
}

# Until the child is in its last phase, or gone.
await_drawing() {
  until grep -q '^drawing' "$work/log" || ! alive; do sleep 0.01; done
}

# Names of what is written before it is moved to its place, with the time of it.
unfinished() {
  [ ! -d "$1" ] || find "$1" -name '.*' ! -name .lock ! -path "$1" -printf '%P %T@\n' | sort
}

figures=(generated.png reconstructions.png pseudo-inputs.png loss.png reconstruction-and-kl.png
  likelihood-histogram.png)
small_files=(.config.conf.tmp .model.json.tmp .provenance.json.tmp .metrics.csv.tmp)

# Waits for a moment in the life of the child.
await_moment() {
  local run=$1 file nth
  case $((RANDOM % 16)) in
    0 | 1 | 2 | 3 | 4 | 5 | 6) pause $(((RANDOM * 32768 + RANDOM) % duration)) ;;
    7 | 8)
      nth=$((RANDOM % 20))
      while [ $nth -gt 0 ] && alive; do
        nth=$((nth - 1))
        until [ -e "$run/checkpoints/.new-checkpoint" ] || ! alive; do :; done
        until [ ! -e "$run/checkpoints/.new-checkpoint" ] || ! alive; do :; done
      done
      until [ -e "$run/checkpoints/.new-checkpoint/best.safetensors" ] || ! alive; do :; done
      ;;
    9)
      until grep -q '^evaluating' "$work/log" || ! alive; do sleep 0.01; done
      pause $((RANDOM % 200))
      ;;
    10 | 11 | 12)
      file=$run/figures/.${figures[RANDOM % ${#figures[@]}]}.partial
      await_drawing
      until [ -e "$file" ] || ! alive; do :; done
      ;;
    13)
      await_drawing
      until [ -e "$run/.report.html.partial" ] || ! alive; do :; done
      ;;
    14)
      await_drawing
      until [ -e "$run/.results.json.tmp" ] || ! alive; do :; done
      ;;
    15)
      file=$run/${small_files[RANDOM % ${#small_files[@]}]}
      until [ -e "$file" ] || ! alive; do :; done
      ;;
  esac
}

# phase RUN: where the child was when it was killed, from its log and from what it left that was not
# there ($before) when it began.
phase() {
  local left
  left=$(unfinished "$1" | comm -13 <(echo "$before") -)
  if grep -q '^[.]report.html.partial ' <<<"$left"; then
    echo "the report being written"
  elif grep -q '[.]partial ' <<<"$left"; then
    echo "a figure being written"
  elif grep -q '[.]new-checkpoint' <<<"$left"; then
    echo "a checkpoint being written"
  elif [ -n "$left" ]; then
    echo "another file being written"
  elif [ -e "$1/results.json" ]; then
    echo "after the results"
  elif grep -q '^drawing' "$work/log"; then
    echo "drawing figures"
  elif grep -q '^evaluating' "$work/log"; then
    echo "evaluation"
  elif grep -q '^training' "$work/log"; then
    echo "mid-epoch"
  elif [ -e "$1/model.json" ]; then
    echo "start-up, the folder begun"
  else
    echo "start-up, nothing written"
  fi
}

# The program itself must find the folder in order.
require_evaluable() {
  local code=0
  "$VAE" evaluate "$1" --samples 1 --json >"$work/evaluated" 2>"$work/told" || code=$?
  if compgen -G "$1/checkpoints/epoch-*" >/dev/null; then
    [ $code = 0 ] && grep -q '"nll": [0-9.]*,' "$work/evaluated" || {
      cat "$work/told" >&2
      fail "$1 has a checkpoint, but vae evaluate ended with $code"
    }
    evaluated=$((evaluated + 1))
  else
    [ $code = 2 ] || [ $code = 3 ] || fail "vae evaluate of $1 without a checkpoint ended with $code"
    require_sentence "$work/told"
  fi
}

require_finished() {
  [ "$ended" = 0 ] || {
    cat "$work/log" >&2
    fail "$1 ended with $ended instead of its results"
  }
  require_readable "$1"
  require_tidy "$1"
  require_same "$work/reference" "$1"
}

undisturbed() {
  local start
  start=$(now)
  begin "$1"
  await
  duration=$(($(now) - start))
  [ "$ended" = 0 ] || {
    cat "$work/log" >&2
    fail "the undisturbed run ended with $ended"
  }
}

reference() {
  undisturbed "$work/reference"
  # once more for the time: by now everything is in the system's cache
  if [ "$kills" -ge 20 ]; then
    undisturbed "$work/again"
    require_same "$work/reference" "$work/again"
  fi
  printf 'undisturbed: %d.%01d s, %s\n' $((duration / 1000)) $((duration % 1000 / 100)) \
    "$(sed -n 's/^ *"nll": \(.*\),/-log p(x) \1/p' "$work/reference/results.json" | head -n 1)"
}

# One run with up to $1 kills in its life.
life() {
  local run=$work/run-$lives planned=$1 where
  while :; do
    before=$(unfinished "$run")
    begin "$run"
    if [ "$planned" -gt 0 ]; then
      await_moment "$run"
      strike KILL
    fi
    await
    if [ "$ended" != 137 ]; then
      # the end came before the kill
      require_finished "$run"
      break
    fi
    planned=$((planned - 1))
    count=$((count + 1))
    where=$(phase "$run")
    struck[$where]=$((${struck[$where]:-0} + 1))
    require_readable "$run"
    require_evaluable "$run"
  done
  rm -rf "$run"
}

# One run that is asked to stop.
asked() {
  local signal=$1 run=$work/$1-$2
  begin "$run"
  pause $(((RANDOM * 32768 + RANDOM) % duration))
  strike "$signal"
  await
  if grep -q '^stopping' "$work/log"; then
    if [ "$ended" = 130 ]; then
      require_sentence "$work/log"
      grep -q '^vae: interrupted .* --resume goes on$' "$work/log" || fail "no word of the interruption"
      obeyed=$((obeyed + 1))
    else
      # while the figures are drawn there is less left to do than to do again
      grep -q '^drawing' "$work/log" || fail "SIG$signal: ended with $ended"
      require_finished "$run"
      late=$((late + 1))
    fi
  elif [ "$ended" = 0 ]; then
    # the run was over: runs are faster now than the first one
    duration=$((duration * 9 / 10))
    rm -rf "$run"
    return
  else
    # nothing is kept yet; until the program listens, the system ends it in its own way
    case $signal-$ended in INT-130 | TERM-130 | TERM-143) ;; *) fail "SIG$signal: ended with $ended" ;; esac
    [ ! -e "$run/model.json" ] || fail "SIG$signal was not heard, though the run had begun"
    [ "$ended" = 143 ] || [ ! -s "$work/log" ] || require_sentence "$work/log"
    early=$((early + 1))
  fi
  begin "$run"
  await
  require_finished "$run"
  rm -rf "$run"
  count=$((count + 1))
}

killed() {
  lives=0
  evaluated=0
  count=0
  while [ $count -lt "$kills" ]; do
    lives=$((lives + 1))
    planned=$((1 + RANDOM % 4))
    life $((planned < kills - count ? planned : kills - count))
  done
  printf 'SIGKILL: %d kills in %d runs; struck\n' $count $lives
  for name in "${phases[@]}"; do printf '  %4d  %s\n' "${struck[$name]:-0}" "$name"; done
  printf '  every run ended with the numbers and weights of the undisturbed one;\n'
  printf '  after %d kills there was a checkpoint, and vae evaluate read it\n' $evaluated
}

reference
[ "$kills" = 0 ] || killed

for signal in TERM INT; do
  [ "$signals" -gt 0 ] || break
  obeyed=0
  early=0
  late=0
  count=0
  while [ $count -lt "$signals" ]; do asked $signal $count; done
  printf 'SIG%s: %d signals; %d ended with 130, a message and a checkpoint, %d before the run began' \
    $signal "$signals" $obeyed $early
  printf ', %d when only the figures were left and it ended; resumed, all ended with the same numbers\n' \
    $late
done

if [ "$kills" -ge 100 ]; then
  for name in "${phases[@]}"; do
    [ -n "${struck[$name]:-}" ] || fail "no kill struck this phase: $name; try another --seed"
  done
fi
