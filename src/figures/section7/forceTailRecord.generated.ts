// Generated from data/rare-static/force-tail.json by scripts/static-tails.mjs.
import type { ForceTailRow } from '../../rare/static/forceTailTable.js'

/** The rows of the record that the figure shows. */
export const forceTailRecord: { readonly seed: string; readonly rows: readonly ForceTailRow[] } = {
  "seed": "rare-static",
  "rows": [
    {
      "N": 64,
      "delta": 0.25,
      "threshold": 0.35,
      "value": 0.011150139372461041,
      "union": 0.01507428628065235,
      "samples": 3000,
      "hits": 1460,
      "effectiveSize": 311.7746244080952,
      "largestShare": 0.010395431112541173,
      "refused": [],
      "estimate": {
        "value": 0.011150139372461041,
        "low": 0.010033856623158803,
        "high": 0.01239061037989662,
        "kind": "confidence",
        "level": 0.95,
        "method": "tilted importance sampling, 3000 samples of effective size 312",
        "seed": "rare-static"
      },
      "chernoff": {
        "value": 0.1947844037023937,
        "low": 0.1947636000401936,
        "high": 0.19480520736459378,
        "kind": "estimated",
        "method": "Chernoff, given one place, and a union; quadrature over the places with two rules"
      },
      "log10Bernstein": 1.7066578010083853,
      "log10Moment": 0.9462897230012792,
      "momentM": 3,
      "log10Normal": -2.6205796209897647
    },
    {
      "N": 64,
      "delta": 0.25,
      "threshold": 0.45,
      "value": 0.00045523106917258444,
      "union": 0.0005393217136655427,
      "samples": 3000,
      "hits": 1395,
      "effectiveSize": 246.57550544382454,
      "largestShare": 0.010214766409839926,
      "refused": [],
      "estimate": {
        "value": 0.00045523106917258444,
        "low": 0.000403684695796646,
        "high": 0.000513359382948736,
        "kind": "confidence",
        "level": 0.95,
        "method": "tilted importance sampling, 3000 samples of effective size 247",
        "seed": "rare-static"
      },
      "chernoff": {
        "value": 0.008295260669742047,
        "low": 0.008290947157914778,
        "high": 0.008299574181569316,
        "kind": "estimated",
        "method": "Chernoff, given one place, and a union; quadrature over the places with two rules"
      },
      "log10Bernstein": 1.3123321058439028,
      "log10Moment": 0.271697575012657,
      "momentM": 4,
      "log10Normal": -4.8324337427162956
    },
    {
      "N": 64,
      "delta": 0.25,
      "threshold": 0.65,
      "value": 3.1788866571633007e-7,
      "union": 3.2902717882160736e-7,
      "samples": 3000,
      "hits": 1449,
      "effectiveSize": 174.57441255357318,
      "largestShare": 0.015891026105147508,
      "refused": [],
      "estimate": {
        "value": 3.1788866571633007e-7,
        "low": 2.7498814044560633e-7,
        "high": 3.674820435061538e-7,
        "kind": "confidence",
        "level": 0.95,
        "method": "tilted importance sampling, 3000 samples of effective size 175",
        "seed": "rare-static"
      },
      "chernoff": {
        "value": 0.000006949777742710687,
        "low": 0.000006946803664185919,
        "high": 0.000006952751821235454,
        "kind": "estimated",
        "method": "Chernoff, given one place, and a union; quadrature over the places with two rules"
      },
      "log10Bernstein": 0.4611341683611937,
      "log10Moment": -1.2835525793549498,
      "momentM": 6,
      "log10Normal": -10.49523576058595
    },
    {
      "N": 64,
      "delta": 0.25,
      "threshold": 0.8,
      "value": 8.104527697159761e-10,
      "union": 8.385161309173193e-10,
      "samples": 3000,
      "hits": 1462,
      "effectiveSize": 201.52722437319233,
      "largestShare": 0.011682220001998584,
      "refused": [],
      "estimate": {
        "value": 8.104527697159761e-10,
        "low": 7.087018395388518e-10,
        "high": 9.268124552459112e-10,
        "kind": "confidence",
        "level": 0.95,
        "method": "tilted importance sampling, 3000 samples of effective size 202",
        "seed": "rare-static"
      },
      "chernoff": {
        "value": 1.9797115991217574e-8,
        "low": 1.975903884062297e-8,
        "high": 1.983519314181218e-8,
        "kind": "estimated",
        "method": "Chernoff, given one place, and a union; quadrature over the places with two rules"
      },
      "log10Bernstein": -0.20990159214435736,
      "log10Moment": -2.6350824930447416,
      "momentM": 9,
      "log10Normal": -15.869541401843836
    },
    {
      "N": 64,
      "delta": 0.25,
      "threshold": 0.95,
      "value": 1.5824301327471862e-12,
      "union": 1.6022378878633274e-12,
      "samples": 3000,
      "hits": 1486,
      "effectiveSize": 181.58986185847996,
      "largestShare": 0.019780202312570112,
      "refused": [],
      "estimate": {
        "value": 1.5824301327471862e-12,
        "low": 1.373046418140949e-12,
        "high": 1.8237439695714805e-12,
        "kind": "confidence",
        "level": 0.95,
        "method": "tilted importance sampling, 3000 samples of effective size 182",
        "seed": "rare-static"
      },
      "chernoff": {
        "value": 3.8290087682131865e-11,
        "low": 3.8056697805832466e-11,
        "high": 3.8523477558431264e-11,
        "kind": "estimated",
        "method": "Chernoff, given one place, and a union; quadrature over the places with two rules"
      },
      "log10Bernstein": -0.8978534864935892,
      "log10Moment": -4.129650764367836,
      "momentM": 11,
      "log10Normal": -22.23487622552362
    },
    {
      "N": 256,
      "delta": 0.25,
      "threshold": 0.26,
      "value": 0.0036105802588541785,
      "union": 0.004199902687575733,
      "samples": 3000,
      "hits": 1443,
      "effectiveSize": 282.35175418178153,
      "largestShare": 0.009076592474571885,
      "refused": [],
      "estimate": {
        "value": 0.0036105802588541785,
        "low": 0.003229642473977976,
        "high": 0.0040364498270827505,
        "kind": "confidence",
        "level": 0.95,
        "method": "tilted importance sampling, 3000 samples of effective size 282",
        "seed": "rare-static"
      },
      "chernoff": {
        "value": 0.05983405286976082,
        "low": 0.05978692584133003,
        "high": 0.059881179898191604,
        "kind": "estimated",
        "method": "Chernoff, given one place, and a union; quadrature over the places with two rules"
      },
      "log10Bernstein": 1.8076734784867088,
      "log10Moment": 0.7470183412904825,
      "momentM": 4,
      "log10Normal": -3.296467423128859
    },
    {
      "N": 256,
      "delta": 0.25,
      "threshold": 0.3,
      "value": 0.0003585188013236499,
      "union": 0.0004040340154027233,
      "samples": 3000,
      "hits": 1404,
      "effectiveSize": 287.6431348528615,
      "largestShare": 0.00946801814432585,
      "refused": [],
      "estimate": {
        "value": 0.0003585188013236499,
        "low": 0.0003210607244406961,
        "high": 0.00040034710295525083,
        "kind": "confidence",
        "level": 0.95,
        "method": "tilted importance sampling, 3000 samples of effective size 288",
        "seed": "rare-static"
      },
      "chernoff": {
        "value": 0.006103419971068114,
        "low": 0.006096919200216608,
        "high": 0.006109920741919619,
        "kind": "estimated",
        "method": "Chernoff, given one place, and a union; quadrature over the places with two rules"
      },
      "log10Bernstein": 1.486051358534658,
      "log10Moment": 0.19807435118559777,
      "momentM": 5,
      "log10Normal": -4.793088378961163
    },
    {
      "N": 256,
      "delta": 0.25,
      "threshold": 0.4,
      "value": 5.840563426779867e-7,
      "union": 6.139290872212811e-7,
      "samples": 3000,
      "hits": 1434,
      "effectiveSize": 217.87406948638784,
      "largestShare": 0.012437083116309233,
      "refused": [],
      "estimate": {
        "value": 5.840563426779867e-7,
        "low": 5.135799221174166e-7,
        "high": 6.64203947101338e-7,
        "kind": "confidence",
        "level": 0.95,
        "method": "tilted importance sampling, 3000 samples of effective size 218",
        "seed": "rare-static"
      },
      "chernoff": {
        "value": 0.000011906861149237782,
        "low": 0.00001189236610066503,
        "high": 0.000011921356197810535,
        "kind": "estimated",
        "method": "Chernoff, given one place, and a union; quadrature over the places with two rules"
      },
      "log10Bernstein": 0.6351484984915499,
      "log10Moment": -1.3420165469740684,
      "momentM": 8,
      "log10Normal": -9.256950119691773
    },
    {
      "N": 256,
      "delta": 0.25,
      "threshold": 0.5,
      "value": 4.704371433455848e-10,
      "union": 4.801221846040606e-10,
      "samples": 3000,
      "hits": 1424,
      "effectiveSize": 171.93337602693677,
      "largestShare": 0.021256148127861824,
      "refused": [],
      "estimate": {
        "value": 4.704371433455848e-10,
        "low": 4.0646323194435444e-10,
        "high": 5.44480013064139e-10,
        "kind": "confidence",
        "level": 0.95,
        "method": "tilted importance sampling, 3000 samples of effective size 172",
        "seed": "rare-static"
      },
      "chernoff": {
        "value": 1.2321455440800397e-8,
        "low": 1.2225254700066236e-8,
        "high": 1.2417656181534558e-8,
        "kind": "estimated",
        "method": "Chernoff, given one place, and a union; quadrature over the places with two rules"
      },
      "log10Bernstein": -0.26072251867794044,
      "log10Moment": -3.1194986167715824,
      "momentM": 11,
      "log10Normal": -14.784978397498923
    },
    {
      "N": 256,
      "delta": 0.25,
      "threshold": 0.58,
      "value": 1.3602274623595393e-12,
      "union": 1.3816661153924756e-12,
      "samples": 3000,
      "hits": 1444,
      "effectiveSize": 183.88192090271804,
      "largestShare": 0.016021747654976513,
      "refused": [],
      "estimate": {
        "value": 1.3602274623595393e-12,
        "low": 1.1813730160002592e-12,
        "high": 1.5661596500835144e-12,
        "kind": "confidence",
        "level": 0.95,
        "method": "tilted importance sampling, 3000 samples of effective size 184",
        "seed": "rare-static"
      },
      "chernoff": {
        "value": 3.4551835370073936e-11,
        "low": 3.407249766901978e-11,
        "high": 3.503117307112809e-11,
        "kind": "estimated",
        "method": "Chernoff, given one place, and a union; quadrature over the places with two rules"
      },
      "log10Bernstein": -0.9986253491612904,
      "log10Moment": -4.677534096100365,
      "momentM": 13,
      "log10Normal": -19.991421055052918
    },
    {
      "N": 1024,
      "delta": 0.25,
      "threshold": 0.17,
      "value": 0.003660260087341317,
      "union": 0.004283388966336761,
      "samples": 2500,
      "hits": 1227,
      "effectiveSize": 247.79318268644622,
      "largestShare": 0.01067799602697394,
      "refused": [],
      "estimate": {
        "value": 0.003660260087341317,
        "low": 0.0032503792400481388,
        "high": 0.004121827921466003,
        "kind": "confidence",
        "level": 0.95,
        "method": "tilted importance sampling, 2500 samples of effective size 248",
        "seed": "rare-static"
      },
      "chernoff": {
        "value": 0.05576537658786608,
        "low": 0.055688994618249096,
        "high": 0.055841758557483065,
        "kind": "estimated",
        "method": "Chernoff, given one place, and a union; quadrature over the places with two rules"
      },
      "log10Bernstein": 2.0307981056737305,
      "log10Moment": 0.797545826818816,
      "momentM": 5,
      "log10Normal": -3.2077798083828926
    },
    {
      "N": 1024,
      "delta": 0.25,
      "threshold": 0.2,
      "value": 0.0001406227126416389,
      "union": 0.00015313075179733805,
      "samples": 2500,
      "hits": 1163,
      "effectiveSize": 236.4077405832891,
      "largestShare": 0.010005300397814247,
      "refused": [],
      "estimate": {
        "value": 0.0001406227126416389,
        "low": 0.00012448144109722964,
        "high": 0.0001588569921459002,
        "kind": "confidence",
        "level": 0.95,
        "method": "tilted importance sampling, 2500 samples of effective size 236",
        "seed": "rare-static"
      },
      "chernoff": {
        "value": 0.0025005267191711435,
        "low": 0.00249978458007767,
        "high": 0.002501268858264617,
        "kind": "estimated",
        "method": "Chernoff, given one place, and a union; quadrature over the places with two rules"
      },
      "log10Bernstein": 1.5531391268578116,
      "log10Moment": -0.01614188887774228,
      "momentM": 7,
      "log10Normal": -5.10579729939254
    },
    {
      "N": 1024,
      "delta": 0.25,
      "threshold": 0.25,
      "value": 3.9351105753130666e-7,
      "union": 4.1202288054468943e-7,
      "samples": 2500,
      "hits": 1177,
      "effectiveSize": 183.97526361810156,
      "largestShare": 0.011804740698703974,
      "refused": [],
      "estimate": {
        "value": 3.9351105753130666e-7,
        "low": 3.4209772986207063e-7,
        "high": 4.526512130374008e-7,
        "kind": "confidence",
        "level": 0.95,
        "method": "tilted importance sampling, 2500 samples of effective size 184",
        "seed": "rare-static"
      },
      "chernoff": {
        "value": 0.000008759933091600134,
        "low": 0.000008706864284888494,
        "high": 0.000008813001898311774,
        "kind": "estimated",
        "method": "Chernoff, given one place, and a union; quadrature over the places with two rules"
      },
      "log10Bernstein": 0.7123834787165063,
      "log10Moment": -1.5474983288929651,
      "momentM": 9,
      "log10Normal": -8.808600574038339
    },
    {
      "N": 1024,
      "delta": 0.25,
      "threshold": 0.3,
      "value": 7.541494065251873e-10,
      "union": 7.735031538188257e-10,
      "samples": 2500,
      "hits": 1212,
      "effectiveSize": 171.5697431314954,
      "largestShare": 0.012595003891080165,
      "refused": [],
      "estimate": {
        "value": 7.541494065251873e-10,
        "low": 6.520672803472117e-10,
        "high": 8.722126450808109e-10,
        "kind": "confidence",
        "level": 0.95,
        "method": "tilted importance sampling, 2500 samples of effective size 172",
        "seed": "rare-static"
      },
      "chernoff": {
        "value": 1.8347747684927142e-8,
        "low": 1.8080247536168894e-8,
        "high": 1.861524783368539e-8,
        "kind": "estimated",
        "method": "Chernoff, given one place, and a union; quadrature over the places with two rules"
      },
      "log10Bernstein": -0.16864222665864045,
      "log10Moment": -3.2591439736342482,
      "momentM": 12,
      "log10Normal": -13.203265006700688
    },
    {
      "N": 1024,
      "delta": 0.25,
      "threshold": 0.35,
      "value": 9.05610929960713e-13,
      "union": 9.301352626355898e-13,
      "samples": 2500,
      "hits": 1199,
      "effectiveSize": 133.73583542739715,
      "largestShare": 0.01940658286766466,
      "refused": [],
      "estimate": {
        "value": 9.05610929960713e-13,
        "low": 7.667780386402666e-13,
        "high": 1.0695809153828301e-12,
        "kind": "confidence",
        "level": 0.95,
        "method": "tilted importance sampling, 2500 samples of effective size 134",
        "seed": "rare-static"
      },
      "chernoff": {
        "value": 2.4825290584032014e-11,
        "low": 2.4325380169731988e-11,
        "high": 2.532520099833204e-11,
        "kind": "estimated",
        "method": "Chernoff, given one place, and a union; quadrature over the places with two rules"
      },
      "log10Bernstein": -1.0782457974035016,
      "log10Moment": -5.135528577399216,
      "momentM": 16,
      "log10Normal": -18.303588289655146
    }
  ]
}
