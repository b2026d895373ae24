"""Small two-task MLP in numpy: age as a distribution over 0..100 years, gender as one logit."""

import numpy as np

BINS = np.arange(101, dtype=np.float32)


def softmax(z):
    z = np.exp(z - z.max(1, keepdims=True))
    return z / z.sum(1, keepdims=True)


def soft_labels(age):
    """Gaussian round the labelled age; wider for older faces, where the label itself is less certain."""
    s = 1 + 0.05 * np.minimum(age, 100)[:, None]
    p = np.exp(-0.5 * ((BINS - np.minimum(age, 100)[:, None]) / s) ** 2)
    return (p / p.sum(1, keepdims=True)).astype(np.float32)


class Head:
    def __init__(self, dim, hidden=(256, 128), seed=0):
        r = np.random.RandomState(seed)
        sizes = (dim,) + tuple(hidden) + (102,)
        self.W = [
            (r.randn(a, b) * np.sqrt((2 if i < len(hidden) else 1) / a)).astype(np.float32)
            for i, (a, b) in enumerate(zip(sizes, sizes[1:]))
        ]
        self.b = [np.zeros(b, np.float32) for b in sizes[1:]]

    def forward(self, x, drop=None, rng=None):
        acts, masks = [x], []
        for i, (W, b) in enumerate(zip(self.W, self.b)):
            h = acts[-1]
            if drop and drop[i]:
                m = (rng.random(h.shape, dtype=np.float32) >= drop[i]) * np.float32(1 / (1 - drop[i]))
                h = h * m
                acts[-1] = h
            else:
                m = None
            masks.append(m)
            z = h @ W + b
            acts.append(np.maximum(z, 0) if i + 1 < len(self.W) else z)
        return acts, masks

    def __call__(self, x):
        return np.concatenate([self.forward(x[i : i + 4096])[0][-1] for i in range(0, len(x), 4096)])

    def fit(
        self,
        X,
        age,
        gender,
        weight,
        gender_weight,
        epochs=25,
        batch=256,
        lr=1e-3,
        decay=0.02,
        drop=(0.3, 0.4, 0.2),
        l1=0.05,
        seed=0,
        report=None,
    ):
        """Adam with decoupled decay, cosine schedule. X(rows) -> standardised float32 features."""
        rng = np.random.default_rng(seed)
        P = self.W + self.b
        m = [np.zeros_like(p) for p in P]
        v = [np.zeros_like(p) for p in P]
        n, t, L = len(age), 0, len(self.W)
        total = epochs * (n // batch)
        for e in range(epochs):
            order = rng.permutation(n)
            for k in range(n // batch):
                i = order[k * batch : (k + 1) * batch]
                t += 1
                acts, masks = self.forward(X(i), drop, rng)
                z = acts[-1]
                p = softmax(z[:, :101])
                mu = p @ BINS
                g = np.empty_like(z)
                # cross-entropy with the soft label plus l1 * |expectation - age|
                g[:, :101] = p - soft_labels(age[i]) + l1 * np.sign(mu - age[i])[:, None] * p * (BINS - mu[:, None])
                g[:, :101] *= weight[i][:, None]
                g[:, 101] = (1 / (1 + np.exp(-z[:, 101])) - gender[i]) * gender_weight[i]
                g /= batch
                G = [None] * len(P)
                for j in range(L - 1, -1, -1):
                    G[j] = acts[j].T @ g
                    G[L + j] = g.sum(0)
                    if j:
                        g = g @ self.W[j].T
                        if masks[j] is not None:
                            g *= masks[j]
                        g *= acts[j] > 0
                step = lr * 0.5 * (1 + np.cos(np.pi * t / total)) * min(1, t / 200)
                for j in range(len(P)):
                    m[j] += 0.1 * (G[j] - m[j])
                    v[j] += 0.001 * (G[j] ** 2 - v[j])
                    P[j] -= step * (
                        m[j] / (1 - 0.9**t) / (np.sqrt(v[j] / (1 - 0.999**t)) + 1e-8) + (decay * P[j] if j < L else 0)
                    )
            if report and (e % 5 == 4 or e + 1 == epochs):
                report(e + 1)
        return self


def quantile(p, q):
    """q-quantile of the binned distribution; bin i covers i-0.5 .. i+0.5 (linear inside a bin)."""
    below = np.cumsum(p, 1) - p
    return np.clip((q - below) / np.maximum(p, 1e-6), 0, 1).sum(1) - 0.5
