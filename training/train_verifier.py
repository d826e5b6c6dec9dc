"""Trains the verifier: one network a fold for cross-validation, or the final one (step 4)."""

import argparse

import cv2
import numpy as np
import torch
from torch import nn

from labelled import CLOSE_UP, folds, label, read_clusters, read_truth

SIDE = 48
CHANNELS_STRIDES = [(16, 2), (32, 2), (32, 1), (64, 2), (64, 1), (64, 2)]
# Of each kind of picture (first folder) in a batch: the kinds differ in number, not in worth.
FACE_SHARE = {"masks": 0.34, "portraits": 0.16, "camera": 0.02, "scans": 0.20, "crowds": 0.28}
OTHER_SHARE = {"masks": 0.36, "portraits": 0.10, "camera": 0.14, "scans": 0.15, "crowds": 0.25}
BATCH, STEPS = 128, 1150
DOUBTED_NEGATIVE_WEIGHT = 0.4  # Both networks believe in it: often a face that nobody labelled.


class Verifier(nn.Module):
    def __init__(self):
        super().__init__()
        layers, channels = [], 3
        for out, stride in CHANNELS_STRIDES:
            layers += [nn.Conv2d(channels, out, 3, stride, 1, bias=False), nn.BatchNorm2d(out), nn.ReLU()]
            channels = out
        self.features = nn.Sequential(*layers)
        self.last = nn.Sequential(nn.Dropout(0.3), nn.Conv2d(channels, 48, 3), nn.ReLU(), nn.Conv2d(48, 1, 1))

    def forward(self, pictures):
        return self.last(self.features(pictures))[:, 0, 0, 0]


def turned(picture, lots):
    """A 48 x 48 part of the close-up, turned, scaled, shifted, perhaps mirrored."""
    angle, scale = lots.uniform(-0.25, 0.25), np.exp(lots.uniform(-0.2, 0.2))
    side = -1 if lots.random() < 0.5 else 1
    c, s = np.cos(angle) * scale, np.sin(angle) * scale
    turn = np.array([[c * side, -s], [s * side, c]])
    start = CLOSE_UP / 2 + lots.uniform(-3, 3, 2) - turn @ np.array([SIDE / 2, SIDE / 2])
    matrix = np.concatenate([turn, start[:, None]], 1)
    return cv2.warpAffine(picture, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)


def worsened(picture, lots):
    """As from a worse camera: coarse, blurred, grey, noisy, too bright."""
    lot = lots.random()
    if lot < 0.25:
        side = int(lots.integers(10, 30))
        small = cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA)
        picture = cv2.resize(small, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)
    elif lot < 0.35:
        picture = cv2.GaussianBlur(picture, (0, 0), lots.uniform(0.5, 2))
    picture = picture.astype(np.float32)
    if lots.random() < 0.25:
        grey = picture @ np.array([[0.3], [0.59], [0.11]], np.float32)
        picture = np.repeat(grey, 3, 2)
    if lots.random() < 0.2:
        shape = (SIDE, SIDE, 1 if lots.random() < 0.5 else 3)
        picture = picture + lots.normal(0, lots.uniform(3, 16), shape).astype(np.float32)
    picture = (picture - 128) * np.exp(lots.uniform(-0.35, 0.35)) + 128 + lots.uniform(-25, 25)
    return np.clip(picture + lots.uniform(-10, 10, 3), 0, 255)


def as_input(pictures):
    stacked = np.stack(pictures).astype(np.float32)
    return torch.from_numpy(stacked.transpose(0, 3, 1, 2) / 127.5 - 1)


def with_mask(picture, lots):
    """A drawn mask over the lower part of the face (the central 24 pixels)."""
    shades = [(235, 235, 235), (150, 190, 220), (30, 30, 35), (200, 220, 240), (90, 130, 160)]
    shade = np.array(shades[lots.integers(len(shades))]) * lots.uniform(0.6, 1.1)
    left, right = lots.integers(23, 28), lots.integers(45, 50)
    top, bottom = lots.integers(33, 38), lots.integers(46, 51)
    outline = [[left, top], [36, top - 2], [right, top], [right - 3, bottom - 4], [36, bottom], [left + 3, bottom - 4]]
    cover = np.zeros((CLOSE_UP, CLOSE_UP), np.uint8)
    cv2.fillPoly(cover, [np.array(outline, np.int32)], 255)
    cover = cv2.GaussianBlur(cover, (0, 0), 1)[..., None] / 255.0
    light = np.linspace(1.05, 0.8, CLOSE_UP)[:, None, None]
    return (picture * (1 - cover) + np.clip(shade * light, 0, 255) * cover).astype(np.uint8)


def collect(pictures, truth, lots):
    """{kind: (close-ups, weights)} of faces and of others."""
    faces, others = {}, {}
    for picture in pictures:
        kind = picture["name"].split("/")[0]
        shown, close_ups = picture["shown"], picture["close_ups"]
        is_face, _ = label(picture["boxes"][shown], truth[picture["name"]])
        mine = list(close_ups[is_face == 1][: 4 * max(1, len(truth[picture["name"]]))])
        if kind not in ("masks", "camera"):
            mine += [with_mask(face, lots) for face in mine if lots.random() < 0.4]
        faces.setdefault(kind, []).extend(mine)
        best = picture["best"][shown]
        wrong = np.flatnonzero((is_face == 0) & ((best > 0.1) | (lots.random(len(best)) < 0.15)))
        wrong = np.concatenate([wrong[:20], lots.permutation(wrong[20:])[:20]]).astype(int)
        belief = picture["testimony"][shown][wrong][:, :2].sum(1) / 2
        doubted = (belief > np.log(0.85 / 0.15)) & (kind != "camera")
        weights = np.where(doubted, DOUBTED_NEGATIVE_WEIGHT, 1.0)
        others.setdefault(kind, []).extend(zip(close_ups[wrong], weights))
    return faces, others


def draw(pool, shares, count, lots):
    kinds = [kind for kind in shares if pool.get(kind)]
    odds = np.array([shares[kind] for kind in kinds])
    chosen = lots.choice(len(kinds), count, p=odds / odds.sum())
    return [pool[kinds[i]][lots.integers(len(pool[kinds[i]]))] for i in chosen]


def train(pictures, truth, seed, steps):
    lots = np.random.default_rng(seed)
    torch.manual_seed(seed)
    torch.set_flush_denormal(True)  # Else some steps are a hundred times slower.
    faces, others = collect(pictures, truth, lots)
    network = Verifier()
    optimizer = torch.optim.AdamW(network.parameters(), lr=3e-3, weight_decay=2e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=steps + 1, pct_start=0.15)
    for step in range(steps):
        yes = draw(faces, FACE_SHARE, BATCH * 2 // 5, lots)
        no = draw(others, OTHER_SHARE, BATCH - len(yes), lots)
        seen = as_input([worsened(turned(p, lots), lots) for p in yes + [p for p, _ in no]])
        wanted = torch.cat([torch.full((len(yes),), 0.985), torch.full((len(no),), 0.015)])
        weights = torch.tensor([1.0] * len(yes) + [w for _, w in no])
        each = nn.functional.binary_cross_entropy_with_logits(network(seen), wanted, reduction="none")
        loss = (each * weights).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 100 == 0:
            print(f"step {step}/{steps} loss {loss.item():.4f}", flush=True)
    return network.eval()


def without_normalization(network):
    """The same network with each normalisation inside the convolution before it."""
    layers = []
    for convolution, norm, _ in zip(*[iter(network.features)] * 3):
        scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        merged = nn.Conv2d(convolution.in_channels, convolution.out_channels, 3, convolution.stride, 1)
        merged.weight.data = convolution.weight.data * scale[:, None, None, None]
        merged.bias.data = norm.bias - norm.running_mean * scale
        layers += [merged, nn.ReLU()]
    return nn.Sequential(*layers, *list(network.last)[1:]).eval()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fold", type=int, help="leave this fold (0 to 4) out; the final network without")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("output", help="an .onnx file")
    parser.add_argument("pairs", nargs="+", help="CLUSTERS TRUTH.csv, as often as wanted")
    options = parser.parse_args()
    pictures, truth = [], {}
    for clusters, csv in zip(options.pairs[::2], options.pairs[1::2]):
        pictures += read_clusters(clusters)
        truth.update(read_truth(csv))
    if options.fold is not None:
        fold = folds([picture["name"] for picture in pictures])
        pictures = [p for p in pictures if fold[p["name"]] != options.fold]
    network = without_normalization(train(pictures, truth, options.seed, options.steps))
    torch.onnx.export(network, torch.zeros(1, 3, SIDE, SIDE), options.output,
                      input_names=["picture"], output_names=["log_odds"], opset_version=11)


if __name__ == "__main__":
    main()
