#!/usr/bin/env bash
# Every open file of the worlds in specs/, through readers that share no code with worldc: python-docx, openpyxl, python-pptx, pypdf, MIME and
# iCalendar parsers, and LibreOffice where it is installed. Every printed number is compared with its fact, every cached
# value of a formula with what LibreOffice calculates.
#   tests/readers.sh [PROGRAM]      by default the release build
set -euo pipefail
cd "$(dirname "$0")/.."

program=${1:-target/release/worldc}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

export PYTHONDONTWRITEBYTECODE=1
python=${PYTHON:-python3}
for image in hello@1 hello@7 fpa_march@1 fpa_march@7 site_manager@7; do
  "$program" build "specs/${image%@*}.world" --seed "${image#*@}" --out "$work/$image" >/dev/null
  "$python" tests/readers/provenance.py "$work/$image"
done
for seed in 1 7; do "$python" tests/realism/ledger.py "$work/fpa_march@$seed" | tail -n 1; done
find "$work" \( -path '*/disk/*' -o -path '*/mail/*' \) -type f -size +0 -print0 | sort -z >"$work/files"
# What `cargo test` keeps of the writers' samples, with the text that our reader finds.
[ ! -d target/formats ] || find target/formats \( -name '*.pdf' -o -name '*.pptx' \) -print0 >>"$work/files"
xargs -0 "$python" tests/readers/check_files.py <"$work/files"

office=$(command -v soffice || command -v libreoffice || true)
if [ -z "$office" ]; then
  echo "no office suite is installed, so nothing is converted"
  exit 0
fi
# Names repeat across folders, and the office suite writes into one: each gets a number.
mkdir "$work/numbered" "$work/bare" "$work/calculated" "$work/pdf"
mapfile -d '' -t documents < <(find "$work" -path '*/disk/*' \( -name '*.docx' -o -name '*.xlsx' -o -name '*.pptx' \) -print0 | sort -z)
for index in "${!documents[@]}"; do
  document=${documents[$index]}
  cp "$document" "$work/numbered/$index.${document##*.}"
  [ "${document##*.}" != xlsx ] || "$python" tests/readers/recalculate.py strip "$document" "$work/bare/$index.xlsx"
done
convert() { # format, folder, files; the suite forgets what comes after some 250 of them
  printf '%s\0' "${@:3}" | HOME=$work xargs -0 -n 100 "$office" --headless --convert-to "$1" --outdir "$2" >>"$work/log" 2>&1
}
convert pdf "$work/pdf" "$work"/numbered/*
made=$(find "$work/pdf" -name '*.pdf' -size +0 | wc -l)
echo "$made of ${#documents[@]} documents converted"
if [ "$made" != "${#documents[@]}" ] || grep -i error "$work/log"; then exit 1; fi

convert xlsx "$work/calculated" "$work"/bare/*
failed=0
for book in "$work"/bare/*; do
  name=$(basename "$book")
  "$python" tests/readers/recalculate.py compare "$work/numbered/$name" "$work/calculated/$name" >>"$work/compared" || failed=1
done
grep -v ' formulas$' "$work/compared" || true
awk '/ formulas$/ { sum += $1 } END { print sum " formulas recalculated" }' "$work/compared"
exit "$failed"
