"""List of portraits of members of Congress with gender and the age range of their time in office.

  portraits.py --photos REPO --legislators REPO --holdout DIR --out DIR [--since 1950] [--limit 600]

REPO are git repositories (voteview/member_photos, unitedstates/congress-legislators); writes OUT/*.jpg and OUT/list.txt.
Held-out images and every person in the held-out set are left out.
"""

import argparse, json, os, random, re, subprocess


def git(repo, *args):
    return subprocess.run(["git", "--git-dir", repo, *args], capture_output=True, check=True).stdout


def main():
    a = argparse.ArgumentParser()
    for n in ("--photos", "--legislators", "--holdout", "--out"):
        a.add_argument(n, required=True)
    a.add_argument("--since", type=int, default=1950)
    a.add_argument("--limit", type=int, default=600)
    a = a.parse_args()
    os.makedirs(a.out, exist_ok=True)
    held = {
        os.path.basename(f.get("source_path") or "")[:6]
        for f in json.load(open(a.holdout + "/manifest.json"))["files"]
        if "member_photos" in f.get("source", "")
    }
    people = []
    for f in ("legislators-historical.yaml", "legislators-current.yaml"):
        try:
            text = git(a.legislators, "show", "HEAD:" + f).decode()
        except subprocess.CalledProcessError:
            print("not in this copy:", f)
            continue
        for block in re.split(r"^- id:", text, flags=re.M)[1:]:
            one = lambda p: re.search(p, block, re.M)
            i, b, g = one(r"^    icpsr: (\d+)"), one(r"birthday: '?(\d{4})"), one(r"gender: ([MF])")
            s = [int(y) for y in re.findall(r"start: '?(\d{4})", block)]
            e = [int(y) for y in re.findall(r"^    end: '?(\d{4})", block, re.M)]
            if i and b and g and s and e and min(s) >= a.since:
                people.append((f"{int(i[1]):06d}", g[1], min(s) - int(b[1]) - 1, min(max(e), 2024) - int(b[1])))
    files = {
        os.path.basename(p)[:-4]: p
        for p in git(a.photos, "ls-tree", "-r", "--name-only", "HEAD").decode().splitlines()
        if p.startswith("images/bio_guide/")
    }
    people = [p for p in people if p[0] in files and p[0] not in held]
    random.seed(0)
    random.shuffle(people)
    women = [p for p in people if p[1] == "F"][: a.limit]
    men = [p for p in people if p[1] == "M"][: max(len(women), a.limit)]
    with open(a.out + "/list.txt", "w") as out:
        for i, g, lo, hi in women + men:
            open(f"{a.out}/{i}.jpg", "wb").write(git(a.photos, "show", "HEAD:" + files[i]))
            # an age range only where the time in office was short
            print(f"{i}.jpg", int(g == "M"), *([lo, hi] if hi - lo <= 9 else []), file=out)
    print("women", len(women), "men", len(men))


if __name__ == "__main__":
    main()
