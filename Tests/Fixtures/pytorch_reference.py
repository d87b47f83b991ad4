#!/usr/bin/env python3
"""Modules of PyTorch with random weights: their state_dict as a safetensors file, an input and what they make of it.

    PYTHON -m pip install torch safetensors numpy
    PYTHON Tests/Fixtures/pytorch_reference.py

Each case has the same net as layers of a job file. The modules are called after the layers' indices, as files of weights are.
"""

import json
import pathlib

import torch
from safetensors.torch import save_file
from torch import nn

HERE = pathlib.Path(__file__).resolve().parent / "pytorch"


class Net(nn.Module):
    def __init__(self, modules):
        super().__init__()
        for name, module in modules.items():
            self.add_module(name, module)

    def forward(self, x):
        for module in self.children():
            if isinstance(module, nn.MultiheadAttention):
                x = module(x, x, x, need_weights=False)[0]
            else:
                x = module(x)
            # A recurrent module gives its last state too.
            x = x[0] if isinstance(x, tuple) else x
        return x


def encoder(features, heads, hidden, layers, **options):
    first = options.get("norm_first", False)
    layer = nn.TransformerEncoderLayer(features, heads, hidden, dropout=0, batch_first=True, **options)
    norm = nn.LayerNorm(features) if first else None
    return nn.TransformerEncoder(layer, layers, norm=norm, enable_nested_tensor=False)


CASES = [
    ("dense", [5], "[dense: {units: 4, bias: false}, dense: {units: 3}]",
     {"0": nn.Linear(5, 4, bias=False), "1": nn.Linear(4, 3)}),
    ("convolutions", [4, 6, 5],
     "[conv2d: {filters: 6, kernel: [3, 2], groups: 2}, batch_norm: {}, "
     "conv_transpose2d: {filters: 2, kernel: 2, stride: 2, groups: 2}, group_norm: {groups: 2}, flatten: {}, dense: {units: 2}]",
     {"0": nn.Conv2d(4, 6, (3, 2), groups=2), "1": nn.BatchNorm2d(6),
      "2": nn.ConvTranspose2d(6, 2, 2, stride=2, groups=2), "3": nn.GroupNorm(2, 2), "4": nn.Flatten(),
      "5": nn.Linear(128, 2)}),
    ("lstm", [4, 3], "[lstm: {units: 3, layers: 2, bidirectional: true, return_sequences: true}]",
     {"0": nn.LSTM(3, 3, 2, bidirectional=True, batch_first=True)}),
    ("gru", [4, 3], "[gru: {units: 2, bidirectional: true, return_sequences: true}]",
     {"0": nn.GRU(3, 2, bidirectional=True, batch_first=True)}),
    ("rnn", [4, 3], "[rnn: {units: 5, activation: relu, return_sequences: true}]",
     {"0": nn.RNN(3, 5, nonlinearity="relu", batch_first=True)}),
    ("attention", [4, 6], "[multi_head_attention: {heads: 2, bias: true}, layer_norm: {}]",
     {"0": nn.MultiheadAttention(6, 2, batch_first=True), "1": nn.LayerNorm(6)}),
    ("unbiased-attention", [4, 6], "[multi_head_attention: {heads: 3}]",
     {"0": nn.MultiheadAttention(6, 3, bias=False, batch_first=True)}),
    ("encoder", [4, 6], "[transformer_encoder: {heads: 2, feed_forward: 5, layers: 2}]",
     {"0": encoder(6, 2, 5, 2, activation="gelu", norm_first=True)}),
    ("post-norm-encoder", [4, 6],
     "[transformer_encoder: {heads: 3, feed_forward: 4, norm: post, activation: relu}]", {"0": encoder(6, 3, 4, 1)}),
    ("embedding", [5], "[embedding: {vocabulary: 7, size: 3, padding: 2}]", {"0": nn.Embedding(7, 3, padding_idx=2)}),
]


def main():
    torch.manual_seed(7)
    HERE.mkdir(exist_ok=True)
    cases = []
    for name, shape, layers, modules in CASES:
        net = Net(modules).eval()
        with torch.no_grad():
            for key, value in net.state_dict().items():
                if value.is_floating_point():
                    value.uniform_(0.5, 1.5) if key.endswith("running_var") else value.uniform_(-0.8, 0.8)
            for key, value in net.state_dict().items():
                if "self_attn.in_proj_bias" in key:
                    # The encoder here has no biases there; that of the keys has no effect.
                    third = len(value) // 3
                    value[:third] = 0
                    value[2 * third:] = 0
                if "self_attn.out_proj.bias" in key:
                    value.zero_()
            if name == "embedding":
                net.state_dict()["0.weight"][2] = 0
                x = torch.randint(0, 7, (3, *shape))
            else:
                x = torch.rand(3, *shape) * 2 - 1
            y = net(x)
        save_file({key: value.contiguous() for key, value in net.state_dict().items()}, HERE / f"{name}.safetensors")
        cases.append({"name": name, "input": shape, "layers": layers, "x": x.flatten().tolist(), "y": y.flatten().tolist()})
    (HERE / "cases.json").write_text(json.dumps(cases, indent=1) + "\n")


main()
