var ne=globalThis,oe=ne.ShadowRoot&&(ne.ShadyCSS===void 0||ne.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,Me=Symbol(),Rt=new WeakMap,F=class{constructor(e,t,s){if(this._$cssResult$=!0,s!==Me)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(oe&&e===void 0){let s=t!==void 0&&t.length===1;s&&(e=Rt.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),s&&Rt.set(t,e))}return e}toString(){return this.cssText}},Et=i=>new F(typeof i=="string"?i:i+"",void 0,Me),$=(i,...e)=>{let t=i.length===1?i[0]:e.reduce((s,r,o)=>s+(l=>{if(l._$cssResult$===!0)return l.cssText;if(typeof l=="number")return l;throw Error("Value passed to 'css' function must be a 'css' function result: "+l+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(r)+i[o+1],i[0]);return new F(t,i,Me)},At=(i,e)=>{if(oe)i.adoptedStyleSheets=e.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(let t of e){let s=document.createElement("style"),r=ne.litNonce;r!==void 0&&s.setAttribute("nonce",r),s.textContent=t.cssText,i.appendChild(s)}},Ce=oe?i=>i:i=>i instanceof CSSStyleSheet?(e=>{let t="";for(let s of e.cssRules)t+=s.cssText;return Et(t)})(i):i;var{is:Ps,defineProperty:Os,getOwnPropertyDescriptor:Ls,getOwnPropertyNames:Is,getOwnPropertySymbols:Hs,getPrototypeOf:Ds}=Object,ae=globalThis,Tt=ae.trustedTypes,Us=Tt?Tt.emptyScript:"",Ns=ae.reactiveElementPolyfillSupport,B=(i,e)=>i,Pe={toAttribute(i,e){switch(e){case Boolean:i=i?Us:null;break;case Object:case Array:i=i==null?i:JSON.stringify(i)}return i},fromAttribute(i,e){let t=i;switch(e){case Boolean:t=i!==null;break;case Number:t=i===null?null:Number(i);break;case Object:case Array:try{t=JSON.parse(i)}catch{t=null}}return t}},Ct=(i,e)=>!Ps(i,e),Mt={attribute:!0,type:String,converter:Pe,reflect:!1,useDefault:!1,hasChanged:Ct};Symbol.metadata??=Symbol("metadata"),ae.litPropertyMetadata??=new WeakMap;var A=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=Mt){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let s=Symbol(),r=this.getPropertyDescriptor(e,s,t);r!==void 0&&Os(this.prototype,e,r)}}static getPropertyDescriptor(e,t,s){let{get:r,set:o}=Ls(this.prototype,e)??{get(){return this[t]},set(l){this[t]=l}};return{get:r,set(l){let d=r?.call(this);o?.call(this,l),this.requestUpdate(e,d,s)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??Mt}static _$Ei(){if(this.hasOwnProperty(B("elementProperties")))return;let e=Ds(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(B("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(B("properties"))){let t=this.properties,s=[...Is(t),...Hs(t)];for(let r of s)this.createProperty(r,t[r])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[s,r]of t)this.elementProperties.set(s,r)}this._$Eh=new Map;for(let[t,s]of this.elementProperties){let r=this._$Eu(t,s);r!==void 0&&this._$Eh.set(r,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let s=new Set(e.flat(1/0).reverse());for(let r of s)t.unshift(Ce(r))}else e!==void 0&&t.push(Ce(e));return t}static _$Eu(e,t){let s=t.attribute;return s===!1?void 0:typeof s=="string"?s:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let s of t.keys())this.hasOwnProperty(s)&&(e.set(s,this[s]),delete this[s]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return At(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,s){this._$AK(e,s)}_$ET(e,t){let s=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,s);if(r!==void 0&&s.reflect===!0){let o=(s.converter?.toAttribute!==void 0?s.converter:Pe).toAttribute(t,s.type);this._$Em=e,o==null?this.removeAttribute(r):this.setAttribute(r,o),this._$Em=null}}_$AK(e,t){let s=this.constructor,r=s._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let o=s.getPropertyOptions(r),l=typeof o.converter=="function"?{fromAttribute:o.converter}:o.converter?.fromAttribute!==void 0?o.converter:Pe;this._$Em=r;let d=l.fromAttribute(t,o.type);this[r]=d??this._$Ej?.get(r)??d,this._$Em=null}}requestUpdate(e,t,s,r=!1,o){if(e!==void 0){let l=this.constructor;if(r===!1&&(o=this[e]),s??=l.getPropertyOptions(e),!((s.hasChanged??Ct)(o,t)||s.useDefault&&s.reflect&&o===this._$Ej?.get(e)&&!this.hasAttribute(l._$Eu(e,s))))return;this.C(e,t,s)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,t,{useDefault:s,reflect:r,wrapped:o},l){s&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,l??t??this[e]),o!==!0||l!==void 0)||(this._$AL.has(e)||(this.hasUpdated||s||(t=void 0),this._$AL.set(e,t)),r===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[r,o]of this._$Ep)this[r]=o;this._$Ep=void 0}let s=this.constructor.elementProperties;if(s.size>0)for(let[r,o]of s){let{wrapped:l}=o,d=this[r];l!==!0||this._$AL.has(r)||d===void 0||this.C(r,void 0,o,d)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(s=>s.hostUpdate?.()),this.update(t)):this._$EM()}catch(s){throw e=!1,this._$EM(),s}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(e){}firstUpdated(e){}};A.elementStyles=[],A.shadowRootOptions={mode:"open"},A[B("elementProperties")]=new Map,A[B("finalized")]=new Map,Ns?.({ReactiveElement:A}),(ae.reactiveElementVersions??=[]).push("2.1.2");var Ne=globalThis,Pt=i=>i,le=Ne.trustedTypes,Ot=le?le.createPolicy("lit-html",{createHTML:i=>i}):void 0,Nt="$lit$",C=`lit$${Math.random().toFixed(9).slice(2)}$`,qt="?"+C,qs=`<${qt}>`,L=document,W=()=>L.createComment(""),K=i=>i===null||typeof i!="object"&&typeof i!="function",qe=Array.isArray,zs=i=>qe(i)||typeof i?.[Symbol.iterator]=="function",Oe=`[ 	
\f\r]`,G=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,Lt=/-->/g,It=/>/g,P=RegExp(`>|${Oe}(?:([^\\s"'>=/]+)(${Oe}*=${Oe}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),Ht=/'/g,Dt=/"/g,zt=/^(?:script|style|textarea|title)$/i,ze=i=>(e,...t)=>({_$litType$:i,strings:e,values:t}),a=ze(1),x=ze(2),Oi=ze(3),I=Symbol.for("lit-noChange"),c=Symbol.for("lit-nothing"),Ut=new WeakMap,O=L.createTreeWalker(L,129);function jt(i,e){if(!qe(i)||!i.hasOwnProperty("raw"))throw Error("invalid template strings array");return Ot!==void 0?Ot.createHTML(e):e}var js=(i,e)=>{let t=i.length-1,s=[],r,o=e===2?"<svg>":e===3?"<math>":"",l=G;for(let d=0;d<t;d++){let p=i[d],h,m,u=-1,g=0;for(;g<p.length&&(l.lastIndex=g,m=l.exec(p),m!==null);)g=l.lastIndex,l===G?m[1]==="!--"?l=Lt:m[1]!==void 0?l=It:m[2]!==void 0?(zt.test(m[2])&&(r=RegExp("</"+m[2],"g")),l=P):m[3]!==void 0&&(l=P):l===P?m[0]===">"?(l=r??G,u=-1):m[1]===void 0?u=-2:(u=l.lastIndex-m[2].length,h=m[1],l=m[3]===void 0?P:m[3]==='"'?Dt:Ht):l===Dt||l===Ht?l=P:l===Lt||l===It?l=G:(l=P,r=void 0);let _=l===P&&i[d+1].startsWith("/>")?" ":"";o+=l===G?p+qs:u>=0?(s.push(h),p.slice(0,u)+Nt+p.slice(u)+C+_):p+C+(u===-2?d:_)}return[jt(i,o+(i[t]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),s]},J=class i{constructor({strings:e,_$litType$:t},s){let r;this.parts=[];let o=0,l=0,d=e.length-1,p=this.parts,[h,m]=js(e,t);if(this.el=i.createElement(h,s),O.currentNode=this.el.content,t===2||t===3){let u=this.el.content.firstChild;u.replaceWith(...u.childNodes)}for(;(r=O.nextNode())!==null&&p.length<d;){if(r.nodeType===1){if(r.hasAttributes())for(let u of r.getAttributeNames())if(u.endsWith(Nt)){let g=m[l++],_=r.getAttribute(u).split(C),k=/([.?@])?(.*)/.exec(g);p.push({type:1,index:o,name:k[2],strings:_,ctor:k[1]==="."?Ie:k[1]==="?"?He:k[1]==="@"?De:z}),r.removeAttribute(u)}else u.startsWith(C)&&(p.push({type:6,index:o}),r.removeAttribute(u));if(zt.test(r.tagName)){let u=r.textContent.split(C),g=u.length-1;if(g>0){r.textContent=le?le.emptyScript:"";for(let _=0;_<g;_++)r.append(u[_],W()),O.nextNode(),p.push({type:2,index:++o});r.append(u[g],W())}}}else if(r.nodeType===8)if(r.data===qt)p.push({type:2,index:o});else{let u=-1;for(;(u=r.data.indexOf(C,u+1))!==-1;)p.push({type:7,index:o}),u+=C.length-1}o++}}static createElement(e,t){let s=L.createElement("template");return s.innerHTML=e,s}};function q(i,e,t=i,s){if(e===I)return e;let r=s!==void 0?t._$Co?.[s]:t._$Cl,o=K(e)?void 0:e._$litDirective$;return r?.constructor!==o&&(r?._$AO?.(!1),o===void 0?r=void 0:(r=new o(i),r._$AT(i,t,s)),s!==void 0?(t._$Co??=[])[s]=r:t._$Cl=r),r!==void 0&&(e=q(i,r._$AS(i,e.values),r,s)),e}var Le=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:s}=this._$AD,r=(e?.creationScope??L).importNode(t,!0);O.currentNode=r;let o=O.nextNode(),l=0,d=0,p=s[0];for(;p!==void 0;){if(l===p.index){let h;p.type===2?h=new Z(o,o.nextSibling,this,e):p.type===1?h=new p.ctor(o,p.name,p.strings,this,e):p.type===6&&(h=new Ue(o,this,e)),this._$AV.push(h),p=s[++d]}l!==p?.index&&(o=O.nextNode(),l++)}return O.currentNode=L,r}p(e){let t=0;for(let s of this._$AV)s!==void 0&&(s.strings!==void 0?(s._$AI(e,s,t),t+=s.strings.length-2):s._$AI(e[t])),t++}},Z=class i{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,s,r){this.type=2,this._$AH=c,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=s,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=q(this,e,t),K(e)?e===c||e==null||e===""?(this._$AH!==c&&this._$AR(),this._$AH=c):e!==this._$AH&&e!==I&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):zs(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==c&&K(this._$AH)?this._$AA.nextSibling.data=e:this.T(L.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:s}=e,r=typeof s=="number"?this._$AC(e):(s.el===void 0&&(s.el=J.createElement(jt(s.h,s.h[0]),this.options)),s);if(this._$AH?._$AD===r)this._$AH.p(t);else{let o=new Le(r,this),l=o.u(this.options);o.p(t),this.T(l),this._$AH=o}}_$AC(e){let t=Ut.get(e.strings);return t===void 0&&Ut.set(e.strings,t=new J(e)),t}k(e){qe(this._$AH)||(this._$AH=[],this._$AR());let t=this._$AH,s,r=0;for(let o of e)r===t.length?t.push(s=new i(this.O(W()),this.O(W()),this,this.options)):s=t[r],s._$AI(o),r++;r<t.length&&(this._$AR(s&&s._$AB.nextSibling,r),t.length=r)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let s=Pt(e).nextSibling;Pt(e).remove(),e=s}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},z=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,s,r,o){this.type=1,this._$AH=c,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=o,s.length>2||s[0]!==""||s[1]!==""?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=c}_$AI(e,t=this,s,r){let o=this.strings,l=!1;if(o===void 0)e=q(this,e,t,0),l=!K(e)||e!==this._$AH&&e!==I,l&&(this._$AH=e);else{let d=e,p,h;for(e=o[0],p=0;p<o.length-1;p++)h=q(this,d[s+p],t,p),h===I&&(h=this._$AH[p]),l||=!K(h)||h!==this._$AH[p],h===c?e=c:e!==c&&(e+=(h??"")+o[p+1]),this._$AH[p]=h}l&&!r&&this.j(e)}j(e){e===c?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}},Ie=class extends z{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===c?void 0:e}},He=class extends z{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==c)}},De=class extends z{constructor(e,t,s,r,o){super(e,t,s,r,o),this.type=5}_$AI(e,t=this){if((e=q(this,e,t,0)??c)===I)return;let s=this._$AH,r=e===c&&s!==c||e.capture!==s.capture||e.once!==s.once||e.passive!==s.passive,o=e!==c&&(s===c||r);r&&this.element.removeEventListener(this.name,this,s),o&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Ue=class{constructor(e,t,s){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(e){q(this,e)}};var Vs=Ne.litHtmlPolyfillSupport;Vs?.(J,Z),(Ne.litHtmlVersions??=[]).push("3.3.3");var Vt=(i,e,t)=>{let s=t?.renderBefore??e,r=s._$litPart$;if(r===void 0){let o=t?.renderBefore??null;s._$litPart$=r=new Z(e.insertBefore(W(),o),o,void 0,t??{})}return r._$AI(i),r};var je=globalThis,w=class extends A{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Vt(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return I}};w._$litElement$=!0,w.finalized=!0,je.litElementHydrateSupport?.({LitElement:w});var Fs=je.litElementPolyfillSupport;Fs?.({LitElement:w});(je.litElementVersions??=[]).push("4.2.2");function f(i,e){customElements.get(i)||customElements.define(i,e)}var Ft=new URL(import.meta.url),Ve=new Map,Y=3,Bt=1;function Gt(i){let e=new URL(`figures/${i}.svg${Ft.search}`,Ft).href,t=Ve.get(e);return t||(t=fetch(e).then(s=>s.ok?s.text():"").catch(()=>(Ve.delete(e),"")),Ve.set(e,t)),t}function Wt(i){for(let e of i)Gt(e)}var Fe=class extends HTMLElement{constructor(){super(...arguments);this.drawing=null;this.time=Y}static{this.observedAttributes=["exercise","still","mirrored"]}connectedCallback(){this.setAttribute("aria-hidden","true")}async attributeChangedCallback(){let t=this.getAttribute("exercise");if(!t)return;let s=this.hasAttribute("still")?`${t}.still`:t,r=await Gt(s);if(this.getAttribute("exercise")!==t)return;let o=this.shadowRoot??this.attachShadow({mode:"open"}),l=new DOMParser().parseFromString(r,"image/svg+xml").documentElement,d=document.createElement("style");d.textContent=`:host{display:block}svg{display:block;width:100%;height:100%}
      :host([mirrored]) svg{transform:scaleX(-1)}`,o.replaceChildren(d),l.localName==="svg"&&(o.append(l),this.drawing=l,this.drawing.pauseAnimations?.(),this.seek(this.time))}seek(t){this.time=t,this.drawing?.setCurrentTime?.(t)}show(t,s){t==="out"?this.seek(Y*s):t==="pause"?this.seek(Y+Bt/2):this.seek(Y+Bt+Y*s)}};f("pht-rehab-figure",Fe);var ce="pht_rehab.session.",Ge="pht_rehab.outbox";var Be=new Map;function de(i,e){try{let t=Be.get(i)??localStorage.getItem(i);return JSON.parse(t??"null")??e}catch{return e}}function X(i,e){Be.delete(i);try{e===null?localStorage.removeItem(i):localStorage.setItem(i,JSON.stringify(e))}catch{e!==null&&Be.set(i,JSON.stringify(e))}}function Kt(i){!i.playback.done.length&&i.pain===null&&i.effort===null||X(ce+i.entryId,i)}function pe(i,e){de(ce+i,null)?.sessionId===e&&X(ce+i,null)}function We(i,e=Date.now()){let t=de(ce+i,null);return t&&e-t.savedAt<432e5?t:void 0}function H(i){return de(Ge,[]).filter(e=>!i||e.entryId===i)}function he(i){let e=i.data.session_id;X(Ge,[...H().filter(t=>t.data.session_id!==e),i])}function ue(i){let e=i.data.session_id,t=H().filter(s=>s.data.session_id!==e);X(Ge,t.length?t:null),pe(i.entryId,String(e))}async function Ke(i,e){let t=await i.act(e.action??"log_session",e.data);return ue(e),t}async function me(i,e){he(e);try{return await Ke(i,e)}catch(t){if(!Je(t))return;throw ue(e),t}}function Jt(i){let e=`pht_rehab.told.${i}`,t=de(e,!1);return X(e,!0),!t}function ge(){let i=crypto.getRandomValues(new Uint8Array(16));return Array.from(i,e=>e.toString(16).padStart(2,"0")).join("")}var Bs=new Set(["service_validation_error","unauthorized","invalid_format"]);function Je(i){let e=i?.code;return typeof e=="string"&&Bs.has(e)}var Gs={close:"M19 6.4 17.6 5 12 10.6 6.4 5 5 6.4 10.6 12 5 17.6 6.4 19 12 13.4 17.6 19 19 17.6 13.4 12z",check:"M9 16.2 4.8 12l-1.4 1.4L9 19 21 7l-1.4-1.4z",dash:"M5 11h14v2H5z",open:"M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm0 2a6 6 0 1 1 0 12 6 6 0 0 1 0-12z"};function D(i){return x`<svg viewBox="0 0 24 24" width="24" height="24" fill="currentColor"
    aria-hidden="true"><path d=${Gs[i]}></path></svg>`}function fe(i,e){let t=Object.values(i.entities).filter(s=>s.platform==="pht_rehab"&&i.devices[s.device_id??""]?.primary_config_entry===e);return(s,r)=>t.find(o=>o.entity_id.startsWith(`${s}.`)&&o.translation_key===r)?.entity_id??""}var Ws={comma_decimal:["en-US","en"],decimal_comma:["de","es","it"],space_comma:["fr","sv","cs"],quote_decimal:["de-CH"],none:["en-US"]},Zt={D:"day",M:"month",Y:"year"},Ks=Date.UTC(2001,1,3);function Ze(i){let[e,t,s]=i.slice(0,10).split("-").map(Number);return Date.UTC(e,t-1,s,12)}function Yt(i,e,t){let{language:s,date_format:r}=i,o="UTC";if(r==="language"){let p={weekday:t,day:"numeric",month:t,timeZone:o};return new Intl.DateTimeFormat(s,p).format(Ze(e))}let l=new Intl.DateTimeFormat(s,{weekday:t,timeZone:o}).format(Ze(e)),d=Qt(i,Ze(e)).map(p=>p.value);return`${l}, ${d.join("")}`}function Xt(i){return i.date_format==="language"?void 0:Qt(i,Ks).map(({type:t,value:s})=>{let r=Object.entries(Zt).find(([,o])=>o===t)?.[0];return r?r.repeat([...s].length):s}).join("")}function Qt({language:i,date_format:e},t){let s=new Intl.DateTimeFormat(e==="system"?void 0:i,{year:"numeric",month:"numeric",day:"numeric",timeZone:"UTC"}).formatToParts(t);if(e==="system"||e==="language")return s;let[r,o,l]=[...e].map(u=>s.find(g=>g.type===Zt[u])),d=s.find(u=>u.type==="literal")??{type:"literal",value:"/"},p=s.at(-1),h=/\p{Letter}/u.test(p.value)&&!e.endsWith("Y"),m=p.type==="literal"&&!h?[p]:[];return[r,d,o,d,l,...m]}function es(i,e,t){return new Intl.DateTimeFormat(i.language,{hour:"numeric",minute:"2-digit",hourCycle:Js(i)?"h12":"h23",timeZone:i.time_zone==="server"?e:void 0}).format(Date.parse(t))}function Js({time_format:i,language:e}){if(i==="12"||i==="24")return i==="12";let t=i==="system"?void 0:e;return new Intl.DateTimeFormat(t,{hour:"numeric"}).resolvedOptions().hour12===!0}function Ye({number_format:i,language:e},t,s){return new Intl.NumberFormat(i==="system"?void 0:Ws[i]??e,{maximumFractionDigits:2,useGrouping:i!=="none",signDisplay:s}).format(t)}var Zs=3e3,Ys=1e4,Qe=class{constructor(e,t){this.entryId=e;this.hass=t;this.listeners=new Set;this.opening=!1;this.worded="";this.turn=0;this.watching=!1}listen(e){return this.listeners.add(e),clearTimeout(this.timer),this.open(),()=>{this.listeners.delete(e),this.listeners.size||(this.timer=setTimeout(()=>this.close(),Ys))}}async open(){if(this.opening||this.unsubscribe)return;this.opening=!0;let e=this.hass(),t=Xe(e),s=this.turn+=1;this.worded=JSON.stringify(t),this.watch(e);try{this.unsubscribe=await e.connection.subscribeMessage(r=>{s===this.turn&&this.told(r)},{type:"pht_rehab/subscribe",config_entry_id:this.entryId,...t},{resubscribe:!1})}catch(r){this.failed(r.code)}finally{this.opening=!1}this.reword()}reword(){!this.unsubscribe||JSON.stringify(Xe(this.hass()))===this.worded||(this.close(),this.open())}watch(e){this.watching||(this.watching=!0,e.connection.addEventListener("disconnected",()=>{this.failure="lost",this.tell()}),e.connection.addEventListener("ready",()=>{this.unsubscribe=void 0,this.listeners.size&&this.open()}))}told(e){if(e===null){this.failure="not_found",this.close(),this.again(),this.tell();return}this.model=e,this.failure=void 0,this.tell()}failed(e){this.failure=e==="unauthorized"?"unauthorized":typeof e=="string"?"not_found":"lost",this.failure==="unauthorized"?this.model=void 0:this.again(),this.tell()}again(){clearTimeout(this.timer),this.timer=setTimeout(()=>{this.listeners.size&&this.open()},Zs)}close(){let e=this.unsubscribe;this.unsubscribe=void 0,e?.().catch(()=>{})}tell(){for(let e of this.listeners)e()}async act(e,t={}){let s=this.hass();return(await s.callService("pht_rehab",e,{config_entry_id:this.entryId,...Xe(s),...t},void 0,!1,!0)).response}async tick(e,t){let s=this.hass(),r=fe(s,this.entryId)("todo","today");!r||!this.model||await s.callService("todo","update_item",{item:`${this.model.today}:${e}`,status:t?"completed":"needs_action"},{entity_id:r},!1)}async log(e,t){return(await this.act("get_log",{start_date:e,end_date:t})).entries}async correct(e,t){let{log_id:s}=await this.hass().callWS({type:"pht_rehab/correct",config_entry_id:this.entryId,log_id:e,scores:t});return s}async note(e,t){await this.hass().callWS({type:"pht_rehab/note",config_entry_id:this.entryId,log_id:e,text:t})}};function Xe({locale:i}){let e=Xt(i);return{language:i.language,...e?{date_pattern:e}:{}}}var ts=new Map;function Xs(){return document.querySelector("home-assistant").hass}function T(i){let e=ts.get(i);return e||(e=new Qe(i,Xs),ts.set(i,e)),e}var Qs="component.pht_rehab.common.card_",ss,R={language:"en",date_format:"language",time_format:"language",number_format:"language",time_zone:"local"},is="UTC",Q;function be(i){let e=R.language;return R=i.locale,is=i.config.time_zone,Q&&e===R.language||(Q=i.loadBackendTranslation("common","pht_rehab").then(t=>{ss=t},t=>{throw Q=void 0,t})),Q}function n(i,e){return ss?.(Qs+i,e&&ei(e))||i}function ei(i){return Object.fromEntries(Object.entries(i).map(([e,t])=>[e,typeof t=="number"?S(t):t]))}function M(i,e,t={}){let s=`${i}_${new Intl.PluralRules(R.language).select(e)}`,r={...t,count:e},o=n(s,r);return o===s?n(`${i}_other`,r):o}function y(i,e="long"){return Yt(R,i,e)}function rs(i){return es(R,is,i)}function S(i){return Ye(R,i,"auto")}function ns(i){return Ye(R,i,"exceptZero")}function os(){return R.language}function as(){return R.date_format!=="language"}var E=$`
  :host {
    display: block;
    --acc: var(--primary-color, #0288d1);
    --bg: var(--ha-card-background, var(--card-background-color, #fff));
    --tx: var(--primary-text-color, #212121);
    --tx2: var(--secondary-text-color, #5f6368);
    --ln: var(--divider-color, #e0e0e0);
    --ok: var(--success-color, #43a047);
    --warn: var(--warning-color, #ffa600);
    --bad: var(--error-color, #db4437);
    --strong: color-mix(in srgb, var(--acc) 72%, #000);
    --pht-body: color-mix(in srgb, var(--tx) 82%, var(--acc));
    --pht-far: color-mix(in srgb, var(--tx) 38%, var(--bg));
    --pht-leg: var(--acc);
    --pht-muscle: #ff6f4a;
    --pht-prop: color-mix(in srgb, var(--tx) 26%, var(--bg));
    --pht-weight: color-mix(in srgb, var(--tx) 80%, var(--bg));
    --pht-ground: color-mix(in srgb, var(--tx) 26%, var(--bg));
    --pht-halo: var(--bg);
    color: var(--tx);
  }
  *,
  *::before {
    box-sizing: border-box;
  }
  h2,
  h3,
  p {
    margin: 0;
  }
  h2 {
    font-size: 1.25rem;
    font-weight: 500;
  }
  h3 {
    font-size: 1rem;
    font-weight: 500;
  }
  button {
    font: inherit;
    cursor: pointer;
    border: 0;
    border-radius: 24px;
    min-height: 44px;
    min-width: 44px;
    padding: 6px 18px;
    color: inherit;
    background: none;
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  :is(button, input, textarea, summary, [tabindex]):focus-visible {
    outline: 3px solid var(--acc);
    outline-offset: 2px;
  }
  .primary {
    background: var(--strong);
    color: #fff;
    font-weight: 500;
  }
  .ghost {
    border: 1px solid color-mix(in srgb, var(--tx) 30%, var(--bg));
  }
  .link {
    color: var(--tx);
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .quiet {
    color: var(--tx2);
  }
  .small {
    font-size: 0.875rem;
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .row {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .stack {
    display: grid;
    gap: 12px;
  }
  .stack > * {
    min-width: 0;
  }
  .banner {
    border-radius: 12px;
    padding: 12px;
    display: grid;
    gap: 8px;
    background: color-mix(in srgb, var(--acc) 12%, transparent);
  }
  .banner.bad {
    background: color-mix(in srgb, var(--bad) 14%, transparent);
  }
  .banner.warn {
    background: color-mix(in srgb, var(--warn) 18%, transparent);
  }
  .banner.ok {
    background: color-mix(in srgb, var(--ok) 14%, transparent);
  }
  summary {
    list-style: none;
    min-height: 44px;
    display: flex;
    align-items: center;
    gap: 8px;
    cursor: pointer;
    border-radius: 8px;
  }
  summary::before {
    content: "";
    width: 8px;
    height: 8px;
    flex: none;
    margin: 0 6px;
    border: solid currentColor;
    border-width: 0 2px 2px 0;
    transform: rotate(45deg) translate(-2px, -2px);
  }
  [open] > summary::before {
    transform: rotate(-135deg) translate(-2px, -2px);
  }
  label,
  fieldset {
    display: grid;
    gap: 6px;
    border: 0;
    padding: 0;
    margin: 0;
    min-width: 0;
  }
  input[type="number"],
  input[type="date"],
  textarea {
    font: inherit;
    color: inherit;
    background: color-mix(in srgb, var(--tx) 5%, var(--bg));
    border: 1px solid color-mix(in srgb, var(--tx) 45%, var(--bg));
    border-radius: 8px;
    min-height: 44px;
    padding: 8px 12px;
    width: 100%;
  }
  .check {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 44px;
    cursor: pointer;
  }
  .check input {
    width: 22px;
    height: 22px;
    flex: none;
    accent-color: var(--acc);
  }
`;var ye="pht-rehab-closed",b=class extends w{constructor(){super();this.entryId="";this.popped=()=>this.close(!0);this.busy=!1,this.problem=""}static{this.properties={busy:{state:!0},problem:{state:!0}}}get programme(){return T(this.entryId)}get model(){return this.programme.model}static show(t,s,r={}){for(let l of document.querySelectorAll("[data-pht-rehab]"))l.close(!0);let o=document.createElement(t);return o.dataset.phtRehab="",o.entryId=s,Object.assign(o,r),document.body.append(o),o}connectedCallback(){super.connectedCallback(),this.end=this.programme.listen(()=>this.requestUpdate()),history.pushState({...history.state,pht_rehab:!0},""),window.addEventListener("popstate",this.popped),this.updateComplete.then(()=>this.dialog?.showModal())}disconnectedCallback(){super.disconnectedCallback(),this.end?.(),window.removeEventListener("popstate",this.popped)}get dialog(){return this.renderRoot.querySelector("dialog")}close(t=!1){window.removeEventListener("popstate",this.popped),this.dialog?.close(),this.remove(),window.dispatchEvent(new Event(ye)),!t&&history.state?.pht_rehab&&history.back()}async attempt(t){this.busy=!0,this.problem="";try{await t()}catch(s){let r=s.message;this.problem=r||n("failed")}finally{this.busy=!1}}render(){return a`<dialog
      aria-labelledby="title"
      @cancel=${t=>{t.preventDefault(),this.close()}}
    >
      <header class="row">
        <h2 id="title" tabindex="-1" autofocus>${this.heading()}</h2>
        <button type="button" class="icon" aria-label=${n("close")} @click=${()=>this.close()}>
          ${D("close")}
        </button>
      </header>
      ${this.content()}
      ${this.problem?a`<p class="banner bad" role="alert">${this.problem}</p>`:""}
    </dialog>`}static{this.styles=[E,$`
      dialog {
        border: 0;
        padding: 16px;
        width: min(520px, 100vw);
        max-width: none;
        max-height: min(860px, 100dvh);
        border-radius: 24px;
        background: var(--bg);
        color: var(--tx);
        overflow: auto;
        overscroll-behavior: contain;
      }
      dialog[open] {
        display: flex;
        flex-direction: column;
        gap: 16px;
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 55%);
      }
      header {
        justify-content: space-between;
        align-items: start;
      }
      h2:focus {
        outline: none;
      }
      .icon {
        padding: 0;
        flex: none;
      }
      footer {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: 1fr;
        gap: 10px;
      }
      @media (max-width: 520px) {
        dialog {
          width: 100vw;
          height: 100dvh;
          max-height: none;
          border-radius: 0;
          padding: max(16px, env(safe-area-inset-top)) 16px max(16px, env(safe-area-inset-bottom));
        }
      }
    `]}};var ve=340,$e=140,ee=16,et=16,ti=28;function st(i){let e=[y(i.date),n("step",{step:i.step})];return i.morning!==void 0&&e.push(n("chart_morning",{pain:i.morning})),i.minutes!==void 0&&e.push(n("chart_run",{minutes:i.minutes})),i.during!==void 0&&e.push(n("chart_during",{pain:i.during})),i.response&&e.push(n(`response_${i.response}`)),i.flare_up&&e.push(n("flare_up")),e.join(" \xB7 ")}var tt=class extends w{static{this.properties={model:{attribute:!1},worded:{attribute:!1},chosen:{type:Number}}}constructor(){super(),this.chosen=null}choose(e){let t=(this.model?.trend.length??1)-1,s=Math.min(t,Math.max(0,e));this.dispatchEvent(new CustomEvent("choose",{detail:s}))}key(e){let t=(this.model?.trend.length??1)-1,s=this.chosen??t,r={ArrowRight:s+1,ArrowLeft:s-1,Home:0,End:t}[e.key];r!==void 0&&(e.preventDefault(),this.choose(r))}render(){let{model:e}=this;if(!e)return c;let t=e.trend,s=Math.max(t.length,ti),r=(ve-ee)/s,o=h=>ee+r*(h+s-t.length+.5),l=h=>4+($e-et-4)*(1-h/e.limits.score_max),d=this.chosen===null?void 0:t[this.chosen],p=h=>{let m=h.currentTarget.getBoundingClientRect(),u=(h.clientX-m.left)/m.width*ve-ee;this.choose(Math.floor(u/r)-s+t.length)};return a`<div>
      <div class="legend small quiet" aria-hidden="true">
        <span class="m">${n("morning_check")}</span><span class="d">${n("pain_during")}</span
        ><span class="l">${n("load")}</span>${t.some(h=>h.minutes)?a`<span class="r">${n("run")}</span>`:c}
      </div>
      <div
        class="chart"
        dir="ltr"
        role="slider"
        tabindex="0"
        aria-label=${n("chart")}
        aria-valuemin="0"
        aria-valuemax=${Math.max(0,t.length-1)}
        aria-valuenow=${this.chosen??Math.max(0,t.length-1)}
        aria-valuetext=${st(d??t[t.length-1])}
        @keydown=${this.key}
        @click=${p}
      >
        <svg viewBox="0 0 ${ve} ${$e}" aria-hidden="true">
          ${this.ground(e,r,o,l)} ${this.lines(e,o,l)}
          ${d?x`<line class="chosen" x1=${o(this.chosen)} x2=${o(this.chosen)} y1="0"
                y2=${$e-et}></line>`:c}
        </svg>
      </div>
      <div class="ends small quiet" dir="ltr" aria-hidden="true">
        <span>${t[0]?y(t[0].date,"short"):""}</span><span>${n("today")}</span>
      </div>
    </div>`}ground(e,t,s,r){let o=e.trend,l=Math.max(1,...o.map(g=>g.load??0)),d=Math.max(1,...o.map(g=>g.minutes??0)),p=$e-et,h=(g,_,k,V)=>{let N=k*(p-4)*.5;return x`<rect class=${g} x=${_} y=${p-N} width=${t*V} height=${N}
        rx="1"></rect>`},{calm_max:m,score_max:u}=e.limits;return[x`<rect class="calm" x=${ee} y=${r(m)} width=${ve-ee}
        height=${p-r(m)}></rect>`,...[0,m,u].map(g=>x`<text x="0" y=${r(g)+3}>${S(g)}</text>`),...o.map((g,_)=>{let k=o[_-1],{load:V,minutes:N}=g,Te=V&&N?.38:.76,Cs=s(_)+t*(.38-Te);return x`
          ${g.flare_up?x`<rect class="flare" x=${s(_)-t/2} y="4" width=${t} height=${p-4}></rect>`:c}
          ${V?h("load",s(_)-t*.38,V/l,Te):c}
          ${N?h("ran",Cs,N/d,Te):c}
          ${k&&k.stage!==g.stage?x`<line class="stage" x1=${s(_)-t/2} x2=${s(_)-t/2} y1="4" y2=${p}></line>`:c}
          ${k&&k.stage===g.stage&&k.step!==g.step?x`<path class="step" d="M${s(_)} ${p+3}l3 6h-6z"></path>`:c}`})]}lines(e,t,s){let{trend:r,limits:o}=e,l=r.flatMap((d,p)=>d.morning===void 0?[]:[`${t(p).toFixed(1)},${s(d.morning).toFixed(1)}`]);return x`<polyline class="morning" points=${l.join(" ")}></polyline>
      ${r.map((d,p)=>d.during===void 0?c:x`<circle class=${d.during>o.calm_max?"during sore":"during"} cx=${t(p)} cy=${s(d.during)} r="2.6"></circle>`)}`}static{this.styles=[E,$`
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 14px;
      }
      .legend span::before {
        content: "";
        display: inline-block;
        width: 10px;
        height: 10px;
        border-radius: 50%;
        margin-inline-end: 5px;
        background: var(--tx);
      }
      .legend .m::before {
        height: 3px;
        border-radius: 2px;
        vertical-align: 3px;
        background: var(--acc);
      }
      .legend .l::before {
        border-radius: 2px;
        background: color-mix(in srgb, var(--acc) 35%, transparent);
      }
      .legend .r::before {
        border-radius: 2px;
        background: color-mix(in srgb, var(--ok) 55%, transparent);
      }
      .chart svg {
        display: block;
        width: 100%;
        height: auto;
        cursor: pointer;
      }
      .chart text {
        font-size: 9px;
        fill: var(--tx2);
      }
      .calm {
        fill: color-mix(in srgb, var(--ok) 14%, transparent);
      }
      .flare {
        fill: color-mix(in srgb, var(--bad) 16%, transparent);
      }
      .load {
        fill: color-mix(in srgb, var(--acc) 30%, transparent);
      }
      .ran {
        fill: color-mix(in srgb, var(--ok) 50%, transparent);
      }
      .stage {
        stroke: var(--tx2);
        stroke-dasharray: 2 2;
      }
      .step {
        fill: var(--tx2);
      }
      .morning {
        fill: none;
        stroke: var(--acc);
        stroke-width: 2;
        stroke-linejoin: round;
      }
      .during {
        fill: var(--tx);
      }
      .sore {
        fill: var(--bad);
      }
      .chosen {
        stroke: var(--tx);
        stroke-width: 1.5;
      }
      .ends {
        display: flex;
        justify-content: space-between;
      }
    `]}};f("pht-rehab-chart",tt);var it=class extends w{static{this.properties={label:{},value:{type:Number},max:{type:Number},kind:{reflect:!0},scale:{type:Number}}}constructor(){super(),this.label="",this.value=null,this.max=10,this.kind="pain",this.scale=1}choose(e,t=!1){this.value=e===this.value&&!t?null:e,this.dispatchEvent(new CustomEvent("score",{detail:this.value})),t&&this.updateComplete.then(()=>this.button(e)?.focus())}button(e){return this.renderRoot.querySelector(`[data-score="${e}"]`)}key(e){let t=getComputedStyle(this).direction==="rtl",r={ArrowRight:t?-1:1,ArrowLeft:t?1:-1,ArrowUp:1,ArrowDown:-1}[e.key];if(r===void 0)return;e.preventDefault();let o=this.value===null?r>0?-1:1:Math.round(this.value/this.scale);this.choose(this.scale*Math.min(this.max,Math.max(0,o+r)),!0)}updated(e){e.has("value")&&this.toggleAttribute("given",this.value!==null)}render(){let{scale:e}=this,t=this.value===null?-1:this.value/e,s=!Number.isInteger(t);return a`<div role="radiogroup" aria-label=${this.label} @keydown=${this.key}>
        ${Array.from({length:this.max+1},(r,o)=>a`<button
            type="button"
            role="radio"
            data-score=${o*e}
            aria-checked=${o===t}
            tabindex=${o===Math.max(0,Math.floor(t))?0:-1}
            style="--share:${100*o/this.max}%"
            @click=${()=>this.choose(o*e)}
          >
            ${o*e}
          </button>`)}
      </div>
      ${s?a`<p class="small">${S(t*e)}</p>`:""}
      <div class="ends small quiet" aria-hidden="true">
        <span>0 ${n(`least_${this.kind}`)}</span><span>${this.max*e} ${n(`most_${this.kind}`)}</span>
      </div>`}static{this.styles=[E,$`
      div[role] {
        display: grid;
        grid-template-columns: repeat(6, minmax(44px, 1fr));
        gap: 6px;
      }
      button {
        --hue: color-mix(in oklab, var(--bad) var(--share), var(--ok));
        border-radius: 12px;
        padding: 0;
        min-height: 48px;
        font-weight: 500;
        background: color-mix(in srgb, var(--hue) 20%, transparent);
        border: 2px solid transparent;
      }
      button[aria-checked="true"] {
        border-color: var(--tx);
        background: color-mix(in srgb, var(--hue) 55%, var(--bg));
      }
      :host(:is([kind="confidence"], [kind="share"])) button {
        --hue: var(--acc);
      }
      .ends {
        display: flex;
        justify-content: space-between;
        margin-top: 4px;
      }
    `]}};f("pht-rehab-score",it);function _e(i,e){return e.length?e.map(t=>{let s=Object.entries(i).flatMap(([r,o])=>{let[,l,d]=/^(.*)_(left|right)$/.exec(r)??[];return l===void 0?[[r,o]]:d===t?[[l,o]]:[]});return{...Object.fromEntries(s),side:t}}):[i]}function rt({kind:i,dose_step:e}){return i==="light"?n("light_step",{step:e}):n("step",{step:e})}function nt(i){return["amber","red","stop"].includes(i?.response??"")?"":"ok"}var v=class extends b{constructor(){super();this.judged=!1;this.values={}}static{this.properties={...b.properties,values:{state:!0},answer:{state:!0}}}static{this.styles=[...b.styles,$`
      pht-rehab-figure {
        height: 150px;
      }
      a.ghost {
        display: grid;
        place-content: center;
        min-height: 44px;
        border-radius: 24px;
        color: inherit;
        text-decoration: none;
      }
      details > .stack {
        padding-top: 8px;
      }
      legend {
        padding: 0;
        margin-bottom: 6px;
      }
      .form {
        gap: 24px;
      }
      .choices {
        grid-template-columns: repeat(auto-fill, minmax(132px, 1fr));
      }
      .choices label {
        display: flex;
        align-items: center;
        gap: 10px;
        min-height: 48px;
        padding: 6px 12px;
        border-radius: 12px;
        border: 2px solid transparent;
        background: color-mix(in srgb, var(--acc) 12%, transparent);
        overflow-wrap: anywhere;
        cursor: pointer;
      }
      .choices label:has(:checked) {
        border-color: var(--tx);
        background: color-mix(in srgb, var(--acc) 34%, var(--bg));
      }
      .choices input {
        width: 20px;
        height: 20px;
        flex: none;
        margin: 0;
        accent-color: var(--acc);
      }
    `]}set(t,s){this.values={...this.values,[t]:s}}score(t,s,r=t==="effort"?"effort":"pain",o=1){return a`<fieldset>
      <legend>${s}</legend>
      <pht-rehab-score
        kind=${r}
        .scale=${o}
        .label=${s}
        .max=${this.model?.limits.score_max??10}
        .value=${this.values[t]??null}
        @score=${l=>this.set(t,l.detail??void 0)}
      ></pht-rehab-score>
    </fieldset>`}get sides(){return this.model?.side==="both"?["left","right"]:[]}scores(t,s){return this.sides.length?a`${this.sides.map(r=>this.score(`${t}_${r}`,`${s} \xB7 ${n(`side_${r}`)}`))}`:this.score(t,s)}pick(t,s,r){return a`<fieldset class="choices">
      <legend>${s}</legend>
      ${r.map(({value:o,text:l})=>a`<label
          ><input
            type="radio"
            name=${t}
            .checked=${this.values[t]===o}
            @click=${()=>this.set(t,this.values[t]===o?void 0:o)}
          />${l}</label
        >`)}
    </fieldset>`}amount(t,s){return a`<label
      >${s}
      <input
        type="number"
        inputmode="decimal"
        min="0"
        step="any"
        .value=${String(this.values[t]??"")}
        @input=${r=>{let o=r.target.valueAsNumber;this.set(t,Number.isNaN(o)?void 0:o)}}
      />
    </label>`}yesNo(t,s){return this.pick(t,s,[{value:!0,text:n("yes")},{value:!1,text:n("no")}])}flag(t,s){return a`<label class="check"
      ><input
        type="checkbox"
        .checked=${this.values[t]===!0}
        @change=${r=>this.set(t,r.target.checked)}
      />${s}</label
    >`}date(t,s,r,o){let{limits:l,today:d=""}=this.model??{},p=String(this.values[t]??r??d);return a`<label
      >${s}${as()&&p?a` <span class="quiet">${y(p)}</span>`:c}
      <input
        type="date"
        min=${o??l?.first_day??""}
        max=${d}
        .value=${p}
        @change=${h=>this.set(t,h.target.value||void 0)}
      />
    </label>`}words(t,s,r){return a`<label
      >${s}
      <textarea
        rows="3"
        maxlength=${r??c}
        .value=${String(this.values[t]??"")}
        @input=${o=>this.set(t,o.target.value)}
      ></textarea>
    </label>`}figure(t){return t?a`<pht-rehab-figure
      still
      exercise=${t}
      ?mirrored=${this.model?.worse_side==="left"}
    ></pht-rehab-figure>`:c}buttons(t,s,r){return a`<footer>
      <button type="button" class="ghost" @click=${()=>this.close()}>${n("cancel")}</button>
      <button
        type="button"
        class="primary"
        ?disabled=${this.busy||!s}
        @click=${()=>this.attempt(r)}
      >
        ${t}
      </button>
    </footer>`}outcome(){let{answer:t,model:s}=this;return s?.kind==="locked"?a`<div class="banner bad" role="alert">
          <h3>${n("locked")}</h3>
          ${s.emergency?a`<p>${n("emergency")}</p>`:c}
          ${t?.reasons.map(r=>a`<p>${r.text}</p>`)}
        </div>
        <footer>
          <button type="button" class="primary" @click=${()=>this.close()}>${n("done")}</button>
        </footer>`:this.saved(a`${s?.dose_step?a`<p>${s.stage_name} · ${rt(s)}</p>`:c}
    ${t?.reasons.map(r=>a`<p>${r.text}</p>`)}`)}saved(t,s=n("saved")){return a`<div class="banner ${this.judged?nt(this.answer):"ok"}" role="status">
        <h3>${s}</h3>
        ${(this.answer?.remarks??[]).map(({text:r,source:o})=>a`<p>
            ${r}${o?a` <span class="small quiet">${o}</span>`:c}
          </p>`)}
        ${t}
      </div>
      <footer>
        <button type="button" class="primary" @click=${()=>this.close()}>${n("done")}</button>
      </footer>`}content(){return this.answer?this.outcome():this.form()}};var ot=class extends v{constructor(){super(...arguments);this.judged=!0}heading(){return n("morning_check")}form(){let t=this.model?.morning_check;if(!t)return a``;let s=this.model?.noticed.map(h=>h.text)??[],r=this.model?.reasons.find(h=>h.id==="report_needed"&&!s.includes(h.text)),o=this.sides.length?this.sides.some(h=>this.values[`pain_${h}`]!==void 0):this.values.pain!==void 0,l=Object.values(this.model?.side_checks??{}),d=[...new Map([t,...l].map(h=>[h.test,h])).values()],p=[t,...l].find(h=>h.ask_pain_after)?.ask_pain_after;return a`<div class="stack">
      ${this.model?.noticed.map(h=>a`<p class="banner">${h.text}</p>`)}
      ${d.map(h=>a`${d.length>1?this.whose(h):c}
          <p>${n("morning_do",{test:h.name})}</p>
          ${this.figure(h.figure)}
          <p class="small quiet">${h.how_to}</p>`)}
      ${this.scores("pain",n("morning_pain"))}
      ${p?this.scores("pain_after",n("pain_after",{day:y(p)})):c}
      <details ?open=${r!==void 0}>
        <summary>${n("more_details")}</summary>
        <div class="stack">
          ${r?a`<p class="small">${r.text}</p>`:c}
          ${this.scores("rest_pain",n("rest_pain"))}
          ${this.amount("sitting_minutes",n("sitting_minutes"))}
          ${this.yesNo("night_waking",n("night_waking"))}
          ${this.flag("painkiller",n("painkiller"))}
        </div>
      </details>
      ${this.buttons(n("save"),o,()=>this.save())}
    </div>`}whose({test:t}){let s=this.model?.side_checks??{},r=this.sides.filter(o=>s[o]?.test===t);return a`<h3>${r.map(o=>n(`side_${o}`)).join(", ")}</h3>`}async save(){for(let t of _e(this.values,this.sides))t.pain!==void 0&&(this.answer=await this.programme.act("log_morning_check",t))}};f("pht-rehab-morning",ot);var at=class extends v{static{this.properties={...v.properties,test:{state:!0}}}heading(){return this.test?.name??n("tests")}form(){let{test:e,values:t}=this;if(!e)return this.list();let r=(t.value!==void 0||t.pain!==void 0)&&(!this.sides.length||t.side!==void 0);return a`<div class="stack">
      ${this.figure(e.figure)}
      <p class="small quiet">${e.how_to}</p>
      ${e.unit?this.amount("value",n(`test_${e.unit}`)):c}
      ${e.unit&&e.sided&&!this.sides.length?this.amount("other_side",n("other_side")):c}
      ${this.sides.length?this.pick("side",n("which_side"),this.sides.map(o=>({value:o,text:n(`side_${o}`)}))):c}
      ${this.score("pain",n("test_pain"))} ${this.flag("painkiller",n("painkiller"))}
      ${this.buttons(n("save"),r,async()=>{this.answer=await this.programme.act("log_test",{test:e.id,...t})})}
    </div>`}list(){let e=(this.model?.tests??[]).filter(t=>t.due||t.asked);return e.sort((t,s)=>Number(s.due)-Number(t.due)),a`<div class="stack">
      <p class="quiet">${n("tests_help",{limit:this.model?.limits.calm_max??""})}</p>
      ${e.map(t=>this.choice(t))}
    </div>`}choice(e){let{last:t}=e,s=t?n("last_result",{day:y(t.date,"short"),value:t.value??"\u2013"}):"";return a`<button type="button" class="ghost" @click=${()=>this.test=e}>
      ${e.name}${e.due?a` · ${n("due_today")}`:c}
      <span class="small quiet">${s}</span>
    </button>`}};f("pht-rehab-tests",at);var lt=class extends v{constructor(){super(...arguments);this.due=[]}heading(){return this.due.length?n("ask_again"):n("feels_wrong")}chosen(){return Object.keys(this.values).filter(t=>this.values[t])}form(){let{due:t}=this,s=(this.model?.symptoms??[]).filter(o=>!t.length||t.includes(o.id)),r=s.filter(o=>this.values[o.id]);return a`<div class="stack">
      <p>${n("symptoms_help")}</p>
      ${s.map(o=>this.flag(o.id,o.text))}
      ${r.some(o=>o.emergency)?a`<p class="banner bad" role="alert">${n("emergency")}</p>`:c}
      ${r.some(o=>o.withholds)?a`<p class="banner warn">${n("will_hold")}</p>`:c}
      ${this.buttons(r.length?n("send_report"):n("none_apply"),!0,async()=>{this.answer=await this.programme.act("report_symptoms",{symptoms:this.chosen()})})}
    </div>`}};f("pht-rehab-symptoms",lt);var ct=class extends v{heading(){return n("event")}form(){let e=this.model?.events??[],t=e.find(r=>r.id===this.values.kind),s=e.map(r=>({value:r.id,text:r.name}));return a`<div class="stack">
      <p class="small quiet">${n("event_help")}</p>
      ${this.pick("kind",n("event_kind"),s)}
      ${t?.withholds?a`<p class="banner warn" role="status">${n("will_hold")}</p>`:c}
      ${this.amount("minutes",n("event_minutes"))} ${this.date("date",n("event_date"))}
      ${this.buttons(n("save"),t!==void 0,async()=>{this.answer=await this.programme.act("log_event",this.values)})}
    </div>`}outcome(){if(this.model?.kind==="locked")return super.outcome();let e=this.answer?.reasons[0];return this.saved(e?a`<p>${e.text}</p>`:c)}};f("pht-rehab-event",ct);var dt=class extends v{constructor(){super(...arguments);this.stage=""}connectedCallback(){super.connectedCallback(),this.stage=this.model?.next_stage_name??""}heading(){return this.side?n("move_side_on",{side:n(`side_${this.side}`)}):n("move_on_to",{stage:this.stage})}form(){let t=this.side?this.model?.sides[this.side]:this.model;return a`<div class="stack">
      <p>${n("move_on_help")}</p>
      <ul class="stack">
        ${t?.criteria.map(s=>a`<li>${s.text}</li>`)}
      </ul>
      ${this.buttons(n("move_on"),t?.ready??!1,async()=>{this.answer=await this.programme.act("progress",this.side?{side:this.side}:{})})}
    </div>`}};f("pht-rehab-confirm",dt);var pt=class extends v{heading(){return n("resume_programme")}form(){return a`<div class="stack">
      <p>${this.model?.clinical_pause?n("resume_clinical"):n("resume_help")}</p>
      ${this.buttons(n("resume_programme"),!0,async()=>{this.answer=await this.programme.act("resume")})}
    </div>`}};f("pht-rehab-resume",pt);var ht=class extends v{heading(){return n("unlock")}form(){let e=String(this.values.reason??"").trim();return a`<div class="stack">
      <p>${n("unlock_help")}</p>
      ${this.words("reason",n("unlock_reason"),this.model?.limits.text_max)}
      ${this.buttons(n("unlock"),e!=="",async()=>{this.answer=await this.programme.act("unlock",{reason:e})})}
    </div>`}};f("pht-rehab-unlock",ht);function ls(i,e){return URL.createObjectURL(new Blob([i],{type:`text/${e};charset=utf-8`}))}function si(i){return Object.fromEntries(Object.entries(i).filter(([,e])=>e!==void 0))}var ut=class extends v{static{this.properties={...v.properties,made:{state:!0}}}heading(){return n("report")}disconnectedCallback(){super.disconnectedCallback();for(let e of Object.values(this.made??{}))URL.revokeObjectURL(e)}form(){let{made:e}=this;if(e)return a`<div class="stack">
        <a class="ghost" target="_blank" rel="noopener" href=${e.page}>${n("report_open")}</a>
        <a class="ghost" download="report.csv" href=${e.table}>${n("report_table")}</a>
      </div>`;let{trend:t=[],today:s="",limits:r}=this.model??{},o=t[0]?.date??s;return a`<div class="stack">
      <p>${n("report_help")}</p>
      ${this.date("start_date",n("report_from"),o,r?.start)}
      ${this.date("end_date",n("report_to"),s,r?.start)}
      ${this.flag("with_name",n("report_name"))}
      ${this.buttons(n("report_make"),!0,()=>this.make({start_date:o,end_date:s,...si(this.values)}))}
    </div>`}async make(e){let t=await this.programme.act("clinician_report",e);this.made={page:ls(t.html,"html"),table:ls(t.csv,"csv")}}};f("pht-rehab-report",ut);function gt({kind:i},e){return i==="morning_check"&&e==="pain_after"?n("pain_after_session"):n(`field_${e}`)}var mt=class extends v{static{this.properties={...v.properties,entry:{state:!0}}}heading(){return this.entry?`${n(`entry_${this.entry.kind}`)}, ${y(this.entry.date)}`:""}connectedCallback(){super.connectedCallback(),this.values={...this.entry}}async save(e,t){let s=t.filter(o=>(this.values[o]??null)!==(e[o]??null));if(s.length){let o=Object.fromEntries(s.map(d=>[d,this.values[d]??null])),l=await this.programme.correct(e.log_id,o);this.entry=e={...e,...o,log_id:l}}let r=String(this.values.note??"");r!==(e.note??"")&&await this.programme.note(e.log_id,r),this.close()}asked(e,t){return t==="night_waking"?this.yesNo(t,n(t)):t==="sitting_minutes"?this.amount(t,n(t)):this.score(t,gt(e,t))}form(){let{entry:e}=this,t=this.model?.limits;if(!e||!t)return a``;let s=t.correctable[e.kind]??[];return a`<div class="stack">
      ${e.reasons?.map(r=>a`<p>${r.text}</p>`)}
      ${s.map(r=>this.asked(e,r))}
      ${this.words("note",n("note"),t.note_max)}
      ${this.buttons(n("save"),!0,()=>this.save(e,s))}
      <button
        type="button"
        class="link"
        ?disabled=${this.busy}
        @click=${()=>this.attempt(async()=>{await this.programme.act("void_entry",{log_id:e.log_id}),this.close()})}
      >
        ${n("take_back")}
      </button>
    </div>`}};f("pht-rehab-entry",mt);var cs=i=>b.show("pht-rehab-morning",i),xe=(i,e)=>b.show("pht-rehab-tests",i,e?{test:e}:{}),j=(i,e=[])=>b.show("pht-rehab-symptoms",i,{due:e}),ds=i=>b.show("pht-rehab-event",i),ft=(i,e)=>b.show("pht-rehab-confirm",i,{side:e}),ps=i=>b.show("pht-rehab-unlock",i),hs=(i,e)=>b.show("pht-rehab-entry",i,{entry:e}),us=i=>b.show("pht-rehab-report",i),ms=i=>b.show("pht-rehab-resume",i);var gs=10,bt=340,fs=84,te=8,yt=class extends v{heading(){return n("weekly")}asked(){return this.model?.weekly_check.questions.filter(e=>e.computed===null)??[]}form(){let{model:e,values:t}=this;if(!e)return a``;let s=this.asked(),r=s.filter(l=>t[l.name]===void 0).length,o=e.weekly_check.questions.filter(l=>l.computed!==null);return a`<div class="stack form">
      <p class="small quiet">${n("weekly_help")}</p>
      ${s.map(l=>this.question(l))}
      ${o.map(l=>a`<p class="small quiet">
          ${n("weekly_known",{question:l.text,value:l.computed})}
        </p>`)}
      ${this.score("overall",n("weekly_overall"),"share",gs)}
      <p class="small quiet" role="status">
        ${r?M("weekly_left",r):c}
      </p>
      ${this.buttons(n("save"),r===0,async()=>{let{visa_h_total:l,...d}=t;this.answer=await this.programme.act("log_weekly_check",d)})}
      <details>
        <summary>${n("visa_h")}</summary>
        <div class="stack">
          <p class="small quiet">${n("visa_h_help")}</p>
          ${this.amount("visa_h_total",n("visa_h_total"))}
          <button
            type="button"
            class="ghost"
            ?disabled=${this.busy||t.visa_h_total===void 0}
            @click=${()=>this.attempt(()=>this.visaH())}
          >
            ${n("visa_h_save")}
          </button>
        </div>
      </details>
    </div>`}async visaH(){let{visa_h_total:e}=this.values;this.answer=await this.programme.act("log_weekly_check",{visa_h_total:e})}question(e){switch(e.form){case"choice":return this.pick(e.name,e.text,e.choices);case"reps":return this.amount(e.name,e.text);case"share":return this.score(e.name,e.text,"share",gs);case"confidence":return this.score(e.name,e.text,"confidence");case"pain":return this.score(e.name,e.text)}}outcome(){let{answer:e,model:t}=this,s=e?.weekly_check;return this.saved(s?.total!=null&&t?bs(t,s):c)}};f("pht-rehab-weekly",yt);var vt=i=>b.show("pht-rehab-weekly",i);function bs(i,e){return a`<p>${n("weekly_total",{total:e.total??"\u2013"})}</p>
    ${e.change===null?c:a`<p class="small">
          ${n("weekly_change",{change:ns(e.change)})}
          ${e.noteworthy?a`<span class="quiet"
                >${n("weekly_noteworthy",{line:i.weekly_check.noteworthy})}</span
              >`:c}
        </p>`}`}function ys(i){let{scores:e,visa_h:t}=i.weekly_check,s=e.at(-1),r=t.at(-1);return!s&&!r&&!i.control?c:a`<div class="stack tight">
    <h3>${n("weekly")}</h3>
    ${e.length>1?ii(i,e):c}
    ${s?a`<p class="small quiet">${y(s.date,"short")}</p>
          ${bs(i,s)}
          ${s.overall===null?c:a`<p class="small">${n("weekly_share",{share:s.overall})}</p>`}`:c}
    ${r?a`<p class="small">
          ${n("visa_h_last",{total:r.total,day:y(r.date,"short")})}
        </p>`:c}
    ${i.control?a`<button type="button" class="ghost" @click=${()=>vt(i.entry_id)}>
          ${n("weekly_fill_in")}
        </button>`:c}
  </div>`}function ii(i,e){let t=i.trend.map(d=>d.date),s=(bt-4*te)/Math.max(1,t.length-1),r=d=>3*te+s*Math.max(0,t.indexOf(d.date)),o=d=>te+(fs-2*te)*(1-d/100),l=e.map(d=>`${y(d.date,"short")} ${S(d.total)}`).join(", ");return a`<svg
    class="weekly"
    dir="ltr"
    viewBox="0 0 ${bt} ${fs}"
    role="img"
    aria-label=${l}
  >
    ${[0,50,100].map(d=>x`<line x1=${3*te} x2=${bt} y1=${o(d)} y2=${o(d)}></line>
        <text x="0" y=${o(d)+4}>${S(d)}</text>`)}
    <polyline points=${e.map(d=>`${r(d)},${o(d.total)}`).join(" ")}></polyline>
    ${e.map(d=>x`<circle cx=${r(d)} cy=${o(d.total)} r="3.5"></circle>`)}
  </svg>`}var ri=14,ni=["pain","pain_during","pain_after","effort","value","total","visa_h_total"],oi=["minutes","distance"],$t=class extends w{static{this.properties={model:{attribute:!1},worded:{attribute:!1},chosen:{state:!0},entries:{state:!0}}}constructor(){super(),this.chosen=null,this.entries=[]}updated(){if(!this.model||this.asked===this.model)return;this.asked=this.model;let e=this.model.trend,t=e[Math.max(0,e.length-ri)]?.date??this.model.today,s=this.chosen===null?void 0:e[this.chosen]?.date;this.fetch(s&&s<t?s:t)}async fetch(e){if(this.model?.control)try{this.entries=await T(this.model.entry_id).log(e,this.model.today)}catch{this.entries=[]}}choose(e){let t=this.model?.trend??[];this.chosen=e;let s=t[this.chosen]?.date;s&&!this.entries.some(r=>r.date<=s)&&this.fetch(s)}render(){let{model:e}=this;return e?a`<div class="stack">
      <pht-rehab-chart
        .model=${e}
        .worded=${this.worded}
        .chosen=${this.chosen}
        @choose=${t=>this.choose(t.detail)}
      ></pht-rehab-chart>
      ${this.chosenDay(e)}
      ${e.adherence===null?c:a`<p class="small">${n("adherence",{share:e.adherence})}</p>`}
      ${this.patterns(e)} ${ys(e)} ${this.sides(e)}
      ${e.control?a`<button type="button" class="ghost" @click=${()=>us(e.entry_id)}>
              ${n("report")}
            </button>
            ${this.log(e)}`:c}
    </div>`:c}chosenDay(e){let t=this.chosen===null?void 0:e.trend[this.chosen];if(!t)return a`<p class="small quiet">${n("chart_help")}</p>`;let s=this.entries.filter(r=>r.date===t.date&&!r.voided).flatMap(r=>r.reasons??[]);return a`<div class="banner" role="status">
      <p>${st(t)}</p>
      ${t.changes?.map(r=>a`<p class="small">${r}</p>`)}
      ${s.map(r=>a`<p class="small">${r.text}</p>`)}
    </div>`}patterns(e){return e.patterns.length?a`<div class="stack tight">
      <h3>${n("patterns")}</h3>
      ${e.patterns.map(t=>a`<p class="small">${t.text}</p>`)}
      <p class="small quiet">${n("patterns_help")}</p>
    </div>`:c}sides(e){let t=e.tests.filter(o=>o.sided&&o.last?.value!=null&&o.last.other_side!=null);if(!t.length||e.side==="both")return c;let{side:s}=e,r=s==="left"?"right":"left";return a`<div class="stack">
      <h3>${n("sides")}</h3>
      ${t.map(o=>{let{value:l,other_side:d,symmetry:p}=o.last,h=Math.max(l,d,1),m=(u,g)=>a`<div
          class="bar"
        >
          <span class="small">${n(`side_${u}`)}</span>
          <span class="track"><i style="width:${100*g/h}%"></i></span>
          <span class="small">${S(g)}</span>
        </div>`;return a`<div>
          <p class="small">${o.name} · ${y(o.last.date,"short")}</p>
          ${m(s,l)} ${m(r,d)}
          <p class="small quiet">${n("symmetry",{share:p})}</p>
        </div>`})}
    </div>`}log(e){let t=this.entries.filter(s=>!s.voided&&s.kind!=="void"&&s.kind!=="rules").toReversed();return a`<div class="stack tight">
      <h3>${n("log")}</h3>
      ${t.map(s=>this.entry(e,s))}
    </div>`}entry(e,t){let s=ni.flatMap(h=>{let m=t[h];return typeof m=="number"?[`${gt(t,h)} ${S(m)}`]:[]}),r=oi.flatMap(h=>{let m=t[h];return typeof m=="number"?[`${S(m)} ${n(`field_${h}`)}`]:[]}),o=t.kind==="run"&&t.dose_step,l=[typeof o=="string"?n("step",{step:o}):"",...r,...s,t.response?n(`response_${t.response}`):""].filter(Boolean).join(" \xB7 "),d=["set_up","options","protocol","side"].includes(t.kind),p=a`<span class="when small quiet">${y(t.date,"short")}</span>
      <span class="what"
        ><strong>${n(`entry_${t.kind}`)}</strong> <span class="small"
          >${t.name??""} ${l}</span
        >
        ${t.note?a`<span class="small quiet">${t.note}</span>`:c}</span
      >`;return d?a`<div class="entry">${p}</div>`:a`<button
      type="button"
      class="entry"
      @click=${()=>hs(e.entry_id,t)}
    >
      ${p}
    </button>`}static{this.styles=[E,$`
      .tight {
        gap: 2px;
      }
      .weekly {
        width: 100%;
        height: auto;
      }
      .weekly line {
        stroke: var(--ln);
      }
      .weekly text {
        font-size: 10px;
        fill: var(--tx2);
      }
      .weekly polyline {
        fill: none;
        stroke: var(--acc);
        stroke-width: 2;
      }
      .weekly circle {
        fill: var(--acc);
      }
      .bar {
        display: grid;
        grid-template-columns: 5em 1fr 3em;
        gap: 8px;
        align-items: center;
      }
      .track {
        height: 10px;
        border-radius: 5px;
        background: var(--ln);
        overflow: hidden;
      }
      .track i {
        display: block;
        height: 100%;
        background: var(--acc);
      }
      .entry {
        display: flex;
        gap: 12px;
        align-items: baseline;
        text-align: start;
        width: 100%;
        border-radius: 8px;
        padding: 8px 4px;
        min-height: 44px;
      }
      .when {
        flex: none;
        width: 7.75em;
      }
      .what {
        min-width: 0;
        overflow-wrap: anywhere;
        display: grid;
      }
    `]}};f("pht-rehab-progress",$t);var we=class{constructor(e){this.enabled=e;this.ended=!1}say(e){if(!this.enabled)return;let t=window.speechSynthesis;if(t?.getVoices().length){t.cancel();let s=new SpeechSynthesisUtterance(e);s.lang=os(),t.speak(s)}else this.beep()}beep(e=880){if(this.enabled)try{this.audio??=new AudioContext;let{currentTime:t,destination:s}=this.audio,r=this.audio.createOscillator(),o=this.audio.createGain();r.frequency.value=e,o.gain.setValueAtTime(.12,t),o.gain.exponentialRampToValueAtTime(.001,t+.18),r.connect(o).connect(s),r.start(),r.stop(t+.2)}catch{}}buzz(){navigator.vibrate?.(60)}async stayAwake(){let e=navigator.wakeLock;if(!e)return!1;try{let t=await e.request("screen");this.letGo(),this.lock=t,this.ended&&this.letGo()}catch{}return!0}letGo(){this.lock?.release().catch(()=>{}),this.lock=void 0}end(){this.ended=!0,this.letGo(),window.speechSynthesis?.cancel(),this.audio?.close()}};var vs=$`
  .play {
    display: flex;
    flex-direction: column;
    gap: 12px;
    flex: 1 0 auto;
  }
  .play > pht-rehab-figure {
    flex: 1 0 160px;
    min-height: 120px;
    max-height: 320px;
  }
  .cue {
    min-height: 2.6em;
  }
  .ring {
    position: relative;
    width: 180px;
    margin: 0 auto;
  }
  .ring svg {
    display: block;
    transform: rotate(-90deg);
  }
  .ring circle {
    fill: none;
    stroke: var(--ln);
    stroke-width: 8;
  }
  .ring .now {
    stroke: var(--acc);
    stroke-dasharray: 1;
    stroke-linecap: round;
  }
  .ring:is(.rest, .switch) .now {
    stroke: var(--ok);
  }
  .ring.ready .now {
    stroke: var(--warn);
  }
  .ring div {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    text-align: center;
  }
  .ring b {
    font-size: 3.25rem;
    line-height: 1.1;
    font-weight: 500;
    font-variant-numeric: tabular-nums;
  }
  .plain {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  footer button {
    padding: 6px;
  }
  .play footer:not(footer ~ footer) {
    position: sticky;
    bottom: 0;
    background: var(--bg);
  }
`;var se=i=>i.act==="hold"||i.act==="reps"||i.act==="walk",ke=class{constructor(e,t,s){this.steps=e;this.now=t;this.index=0;this.paused=!1;this.held=0;this.began=this.looked=t();let r=s&&s.index<=e.length;this.done=new Set(r?s.done:[]),r&&(this.index=s.index,this.began-=s.elapsed,this.pause())}get step(){return this.steps[this.index]}get finished(){return this.index>=this.steps.length}get elapsed(){return(this.paused?this.held:this.now())-this.began}get remaining(){let e=this.step?.seconds;return e===void 0?void 0:Math.max(0,e-this.elapsed/1e3)}get fraction(){let e=this.step?.seconds;return e?Math.min(1,this.elapsed/1e3/e):0}get rep(){let e=this.step;if(e?.act!=="reps"||!e.tempo||!e.reps)return;let[t,s,r]=e.tempo,o=t+s+r,l=Math.min(this.elapsed/1e3,e.reps*o-1e-6),d=Math.floor(l/o)+1,p=l%o;return p<t?{number:d,phase:"out",fraction:p/t}:p<t+s?{number:d,phase:"pause",fraction:(p-t)/s}:{number:d,phase:"back",fraction:(p-t-s)/r}}tick(){let e=this.now()-this.looked;if(this.looked=this.now(),this.paused||this.finished)return!1;if(e>6e4)return this.began+=e,this.pause(),!1;let t=!1;for(;!this.finished&&this.remaining===0;){let s=this.elapsed-this.step.seconds*1e3;this.complete(),this.began=this.now()-s,t=!0}return t}pause(){this.paused||(this.held=this.now(),this.paused=!0)}resume(){this.paused&&(this.began+=this.now()-this.held,this.looked=this.now(),this.paused=!1)}next(){this.finished||(this.complete(),this.restart())}back(){let e=this.index;if(this.finished||this.elapsed<2e3||!se(this.step)){for(e-=1;e>0&&!se(this.steps[e]);)e-=1;let s=this.steps[e];if(e<0||!s||!se(s))return}this.done.delete(e),this.index=e,this.restart()}skipExercise(){let e=this.step?.exercise;for(;!this.finished&&this.step.exercise===e;)this.index+=1;this.restart()}save(){return{index:this.index,elapsed:this.elapsed,done:[...this.done]}}sets(e){let t=this.steps.flatMap((r,o)=>r.exercise===e&&se(r)?[{side:r.side,index:o}]:[]),s=new Set(t.map(r=>r.side)).size||1;return t.filter(r=>this.done.has(r.index)).length/s}complete(){se(this.step)&&this.done.add(this.index),this.index+=1}restart(){this.began=this.held=this.looked=this.now()}};var ie=class i{constructor(e,t,s,r,o,l,d=l?.sides??[],p=!1){this.entryId=e;this.date=t;this.exercises=s;this.steps=r;this.sides=d;this.undone=new Set;this.sessionId=l?.sessionId??ge(),this.pain=l?.pain??null,this.pains=l?.pains??{},this.effort=l?.effort??null,this.cutShort=l?.cutShort??!1,this.painkiller=l?.painkiller??!1,this.single=l?.single??p,this.playback=new ke(r,o,l?.playback)}static of(e,t,s){let{exercises:r}=e.session,o=r.filter(u=>t?u.item===t:!u.done),l=o.map(u=>r.indexOf(u)),d=e.session.steps.filter(u=>l.includes(u.exercise)).map(u=>({...u,exercise:l.indexOf(u.exercise)}));d.at(-1)?.act==="rest"&&d.pop();let p=e.side==="both"?["left","right"]:[],{entry_id:h,today:m}=e;return new i(h,m,o,d,s,void 0,p,!!t)}static resumed(e,t){let{entryId:s,date:r,exercises:o,steps:l}=e;return new i(s,r,o,l,t,e)}keep(){Kt({entryId:this.entryId,sessionId:this.sessionId,date:this.date,exercises:this.exercises,steps:this.steps,playback:this.playback.save(),pain:this.pain,pains:this.pains,sides:this.sides,effort:this.effort,cutShort:this.cutShort,painkiller:this.painkiller,single:this.single,savedAt:Date.now()})}hurts(e,t){let{side:s}=this.playback.step??{},r=this.sides.filter(o=>o===s);for(let o of r.length?r:this.sides)this.pains[o]=Math.max(e,this.pains[o]??0);this.pain=Math.max(e,this.pain??0),e>=t&&(this.cutShort=!0,this.playback.skipExercise()),this.playback.resume(),this.keep()}discard(){pe(this.entryId,this.sessionId)}setsDone(e){return this.undone.has(e)?0:this.playback.sets(e)}result(e){let t=e==="left"?"right":"left",s=e?this.pains[e]??null:this.pain,r=0,o=0,l=[];return this.exercises.forEach((d,p)=>{let h=this.setsDone(p);!h||e&&d.side===t||(l.push(d.id),r+=Math.min(h,d.sets),o+=d.sets)}),{session_id:e?`${this.sessionId}-${e}`:this.sessionId,date:this.date,...e?{side:e}:{},exercises:l,completed:o?Math.round(100*r/o):0,...this.single?{}:{whole:!0},...this.cutShort?{cut_short:!0}:{},...this.painkiller?{painkiller:!0}:{},...s!==null?{pain_during:s}:{},...this.effort!==null?{effort:this.effort}:{}}}async send(e){try{let t;for(let s of this.sides.length?this.sides:[void 0]){let r=this.result(s);s&&!r.exercises.length&&!r.whole||(t=await me(e,{entryId:this.entryId,data:r}))}return pe(this.entryId,this.sessionId),t?{answer:t}:{}}catch(t){throw this.keep(),t}}};var ai=2e3;function li(i){let e=Math.ceil(i);return e<60?String(e):`${Math.floor(e/60)}:${String(e%60).padStart(2,"0")}`}var _t=class extends b{constructor(){super();this.voice=!0;this.review=!1;this.limit=0;this.side="right";this.animation=0;this.counted=-1;this.turn="";this.saved=0;this.visible=()=>{document.visibilityState==="visible"?this.cues.stayAwake():this.session.keep()};this.loop=()=>{if(this.animation=requestAnimationFrame(this.loop),this.scene!=="play")return;if(this.playback.tick()&&this.entered(),this.playback.finished){this.scene="report";return}this.countDown(),this.countOut(),this.move(),performance.now()-this.saved>ai&&(this.saved=performance.now(),this.session.keep());let t=Math.ceil(this.playback.remaining??0)+1e3*this.playback.index;this.frame=t+(this.playback.rep?.number??0)*.001};this.scene="play",this.frame=0,this.hurt=null,this.awake=!0}static{this.properties={...b.properties,scene:{state:!0},frame:{state:!0},hurt:{state:!0},awake:{state:!0},answer:{state:!0}}}get playback(){return this.session.playback}connectedCallback(){super.connectedCallback(),this.cues=new we(this.voice),this.review&&(this.scene="report"),Wt(this.session.exercises.map(t=>t.id)),this.cues.stayAwake().then(t=>this.awake=t||!Jt("screen")),document.addEventListener("visibilitychange",this.visible),this.addEventListener("keydown",this.key),this.announce(),this.loop()}disconnectedCallback(){super.disconnectedCallback(),cancelAnimationFrame(this.animation),document.removeEventListener("visibilitychange",this.visible),this.cues.end()}updated(t){!t.has("scene")||t.get("scene")===void 0||(this.renderRoot.querySelector("#title")?.focus(),this.scene==="report"&&this.cues.say(n("how_was_it")))}close(t=!1){this.scene!=="sent"&&this.scene!=="kept"&&this.session.keep(),super.close(t)}entered(){this.cues.buzz(),this.announce()}announce(){let{step:t}=this.playback;if(!t||this.scene!=="play")return;let s=this.session.exercises[t.exercise],r=[n(`act_${t.act}`)];t.act==="ready"&&s&&r.push(s.name),(t.side==="left"||t.side==="right")&&r.push(n(`side_${t.side}`)),this.cues.say(r.join(", "))}countDown(){let{remaining:t,paused:s,step:r}=this.playback;if(t===void 0||s||!r?.seconds||r.seconds<=4)return;let o=Math.ceil(t);o!==this.counted&&o>0&&o<=3&&this.cues.beep(o===1?1320:880),this.counted=o}countOut(){let{rep:t,paused:s}=this.playback,r=t?`${t.number} ${t.phase}`:"";r===this.turn||s||(this.turn=r,t?.phase==="out"?this.cues.say(String(t.number)):t&&this.cues.beep(660))}move(){let{playback:t}=this;this.renderRoot.querySelector(".ring .now")?.style.setProperty("stroke-dashoffset",String(1-t.fraction));let r=this.renderRoot.querySelector("pht-rehab-figure");if(!r)return;let o=matchMedia("(prefers-reduced-motion: reduce)").matches,{rep:l,step:d}=t;o||d?.act==="hold"?r.show("pause",1):l?r.show(l.phase,l.fraction):r.show("out",0)}toggle(){this.playback.paused?this.playback.resume():this.playback.pause(),this.requestUpdate()}go(t){this.playback[t](),this.announce(),this.requestUpdate()}key(t){let s=t.composedPath()[0].localName;if(!(this.scene!=="play"||s==="button"&&t.key===" ")){if(t.key===" ")this.toggle();else if(t.key==="ArrowRight")this.go("next");else if(t.key==="ArrowLeft")this.go("back");else return;t.preventDefault()}}saysHurts(){this.playback.pause(),this.hurt=null,this.scene="hurts"}wrong(){this.close(!0),j(this.entryId)}goOn(){this.session.hurts(this.hurt,this.limit),this.scene=this.playback.finished?"report":"play"}back(){this.playback.back(),this.scene="play"}discard(){this.session.discard(),this.scene="kept",this.close()}async send(){let t=await this.session.send(this.programme);this.answer=t.answer,this.scene=t.answer?"sent":"kept"}heading(){let{step:t}=this.playback;return this.scene==="play"&&t?this.session.exercises[t.exercise]?.name??"":this.scene==="hurts"?n("hurts"):n("how_was_it")}content(){switch(this.scene){case"play":return this.playing();case"hurts":return this.hurting();case"report":return this.report();default:return this.ending()}}playing(){let{playback:t}=this,s=t.step??this.session.steps[0],r=this.session.exercises[s.exercise],{rep:o}=t,l=s.side==="left"||s.side==="right",d=s.act==="ready"||s.act==="rest"||s.act==="switch",p=o?String(o.number):li(t.remaining??0),h=s.act==="ready"||s.act==="rest";return a`<div class="play">
      <p class="quiet small">
        ${n("exercise_of",{number:s.exercise+1,count:this.session.exercises.length})} ·
        ${n("set_of",{number:s.set,count:r.sets})}
        ${l?a` · <strong>${n(`side_${s.side}`)}</strong>`:c}
      </p>
      <pht-rehab-figure
        exercise=${r.id}
        ?mirrored=${l?s.side==="left":this.side==="left"}
      ></pht-rehab-figure>
      <p class="small cue">${s.act==="ready"?r.how_to:r.cues}</p>
      ${h?[r.details,r.equipment,r.cautions].filter(Boolean).map(m=>a`<p class="small quiet">${m}</p>`):c}
      <div class="ring ${s.act}" role="timer" aria-live="off">
        <svg viewBox="0 0 120 120" aria-hidden="true">
          <circle cx="60" cy="60" r="54" />
          <circle class="now" cx="60" cy="60" r="54" pathLength="1" />
        </svg>
        <div>
          <span class="small">${t.paused?n("paused"):this.act(s,o?.phase)}</span>
          <b>${s.act==="walk"?n("metres",{metres:s.metres??0}):p}</b>
          <span class="small">${o?n("of_reps",{count:s.reps??0}):""}</span>
        </div>
      </div>
      <p class="sr" aria-live="polite">${this.act(s)} ${l?n(`side_${s.side}`):""}</p>
      ${this.awake?c:a`<p class="small quiet">${n("screen_may_sleep")}</p>`}
      <footer>
        <button type="button" class="ghost" @click=${()=>this.go("back")}>${n("back")}</button>
        <button type="button" class="primary" @click=${this.toggle}>
          ${t.paused?n("resume"):n("pause")}
        </button>
        <button type="button" class="ghost" @click=${()=>this.go("next")}>
          ${d?n("go_now"):n("done")}
        </button>
      </footer>
      <footer>
        <button type="button" class="link" @click=${this.saysHurts}>${n("hurts")}</button>
        <button type="button" class="link" @click=${()=>this.go("skipExercise")}>
          ${n("skip_exercise")}
        </button>
        <button type="button" class="link" @click=${this.wrong}>${n("feels_wrong")}</button>
      </footer>
    </div>`}act(t,s){return s?n(`phase_${s}`):n(`act_${t.act}`)}hurting(){return a`<div class="stack">
      <p>${n("hurts_help",{limit:this.limit})}</p>
      <pht-rehab-score
        .label=${n("pain_now")}
        .value=${this.hurt}
        @score=${t=>this.hurt=t.detail}
      ></pht-rehab-score>
      ${this.hurt!==null&&this.hurt>=this.limit?a`<p class="banner bad" role="alert">${n("hurts_stop")}</p>`:c}
      <footer>
        <button
          type="button"
          class="ghost"
          @click=${()=>{this.scene="play"}}
        >
          ${n("cancel")}
        </button>
        <button
          type="button"
          class="primary"
          ?disabled=${this.hurt===null}
          @click=${()=>this.goOn()}
        >
          ${n("go_on")}
        </button>
      </footer>
    </div>`}flag(t,s){let{session:r}=this,o=l=>{r[t]=l.target.checked,r.keep()};return a`<label class="check"
      ><input type="checkbox" .checked=${r[t]} @change=${o} />${s}</label
    >`}report(){let{session:t}=this,s=!t.result().exercises.length;return a`<div class="stack">
      <ul class="stack plain">
        ${this.session.exercises.map((r,o)=>{let l=t.setsDone(o),d=p=>{p.target.checked?t.undone.delete(o):t.undone.add(o),this.requestUpdate()};return a`<li>
            <label class="check"
              ><input
                type="checkbox"
                .checked=${l>0}
                ?disabled=${!t.playback.sets(o)}
                @change=${d}
              /><span>${r.name}</span>
              <span class="quiet small">${M("sets_done",r.sets,{done:l})}</span></label
            >
          </li>`})}
      </ul>
      ${s?a`<p class="banner warn">${n("nothing_done")}</p>`:c}
      ${t.sides.length?t.sides.map(r=>this.pain(r)):this.pain()}
      <fieldset>
        <legend>${n("effort")}</legend>
        <pht-rehab-score
          kind="effort"
          .label=${n("effort")}
          .value=${t.effort}
          @score=${r=>{t.effort=r.detail,t.keep()}}
        ></pht-rehab-score>
      </fieldset>
      ${this.flag("cutShort",n("cut_short"))} ${this.flag("painkiller",n("painkiller"))}
      <footer>
        <button
          type="button"
          class="ghost"
          ?disabled=${this.busy}
          @click=${()=>{this.review?this.discard():this.back()}}
        >
          ${this.review?n("discard"):n("back")}
        </button>
        <button
          type="button"
          class="primary"
          ?disabled=${this.busy||s}
          @click=${()=>this.attempt(()=>this.send())}
        >
          ${n("save_session")}
        </button>
      </footer>
    </div>`}pain(t){let{session:s}=this,r=n("pain_during")+(t?` \xB7 ${n(`side_${t}`)}`:"");return a`<fieldset>
      <legend>${r}</legend>
      <pht-rehab-score
        .label=${r}
        .value=${t?s.pains[t]??null:s.pain}
        @score=${o=>{t?s.pains[t]=o.detail:s.pain=o.detail,s.keep()}}
      ></pht-rehab-score>
    </fieldset>`}ending(){return a`<div class="stack">
      <div class="banner ${nt(this.answer)}" role="status">
        <h3>${this.scene==="kept"?n("kept"):n("session_saved")}</h3>
        ${this.answer?.reasons.map(t=>a`<p>${t.text}</p>`)}
        ${this.answer?.next_session?a`<p>${n("next_session",{day:y(this.answer.next_session)})}</p>`:c}
      </div>
      <footer>
        <button type="button" class="primary" @click=${()=>this.close()}>${n("done")}</button>
      </footer>
    </div>`}static{this.styles=[...b.styles,vs]}};f("pht-rehab-player",_t);function $s(i,e){let{stop_at:t}=i.limits,{worse_side:s}=i;b.show("pht-rehab-player",i.entry_id,{limit:t,side:s,...e})}var _s=()=>performance.now();function xt(i,e,t){$s(i,{session:ie.of(i,e,_s),voice:t})}function xs(i,e,t,s){$s(i,{session:ie.resumed(e,_s),voice:t,review:s})}var U=({kind:i})=>i==="locked"||i==="paused";function Se({running:i,entry_id:e,today:t}){let s=H(e).filter(r=>r.action==="log_run"&&!r.problem);return i?.done===!0||s.some(r=>r.data.date===t)}function re(i){return U(i)||Se(i)?null:i.running?.today??null}function ws(i){let{running:e}=i;if(!e||U(i))return c;let t=re(i);if(t)return a`<section class="banner run">
      <h3>${n("run_at",{step:t.step})}</h3>
      <p>${t.dose}</p>
      <details>
        <summary>${n("run_how_to")}</summary>
        <p class="small">${e.how_to}</p>
        ${t.cue?a`<p class="small">${t.cue}</p>`:c}
      </details>
    </section>`;if(Se(i)){let r=i.session.exercises.some(o=>!o.done);return a`<p class="ran">
      ${D("check")} ${n("run_done")} ${r?n("run_then"):c}
    </p>`}if(e.gate.length)return ci(i,e);let s=e.reasons[0]?.text;return a`<p class="small quiet">${n("run_none")}${s?`: ${s}`:"."}</p>`}function ci(i,{gate:e,reasons:t}){let s=e.filter(o=>o.met!==!0&&o.id.startsWith("test_")),r=i.tests.some(o=>o.asked||o.due);return a`<details class="way-back">
    <summary>
      ${n("run_way_back",{met:e.filter(o=>o.met===!0).length,count:e.length})}
    </summary>
    <div class="stack tight">
      ${t.map(o=>a`<p class="small">${o.text}</p>`)} ${kt(e)}
      ${s.length&&r&&i.control?a`<button type="button" class="ghost" @click=${()=>xe(i.entry_id)}>
            ${n("tests")}
          </button>`:c}
    </div>
  </details>`}var di={true:"check",false:"open",null:"dash"};function kt(i){return a`<ul class="criteria">
    ${i.map(e=>{let t=String(e.met),s={true:"met",false:"not_met",null:"unknown"}[t];return a`<li class=${s}>
        ${D(di[t])}<span>${e.text}</span><span class="sr">${n(s)}</span>
      </li>`})}
  </ul>`}function ks(i){let{cross_training:e}=i;return!e||re(i)?c:a`<details>
    <summary>${n("cross_training")}</summary>
    <div class="stack tight small">
      <p>${e.rule}</p>
      <ul>
        ${e.allowed.map(t=>a`<li>${t}</li>`)}
      </ul>
    </div>
  </details>`}var wt=class extends v{constructor(){super();this.judged=!0;this.planned=null;this.sessionId=ge();this.kept=!1}static{this.properties={...v.properties,kept:{state:!0}}}heading(){return this.on?`${n("run")}, ${y(this.on)}`:this.planned?n("run_at",{step:this.planned.step}):n("run")}connectedCallback(){super.connectedCallback(),this.values={date:this.on??this.model?.today,...pi(this.planned)}}form(){let{minutes:t}=this.values,r=!(this.sides.length?this.sides.map(o=>this.values[`pain_during_${o}`]):[this.values.pain_during]).includes(void 0);return a`<div class="stack form">
      ${this.planned?a`<p>${this.planned.dose}</p>`:c}
      ${this.amount("minutes",n("run_minutes"))} ${this.scores("pain_during",n("run_pain"))}
      <div>${this.flag("hills",n("hills"))} ${this.flag("fast",n("fast"))}</div>
      <p class="small quiet">${n("run_more")}</p>
      <details>
        <summary>${n("more_details")}</summary>
        <div class="stack form">
          ${this.scores("pain_after",n("run_after"))} ${this.amount("distance",n("distance"))}
          ${this.flag("painkiller",n("painkiller"))} ${this.date("date",n("event_date"))}
        </div>
      </details>
      ${this.buttons(n("save"),Number(t)>0&&r,()=>this.send())}
    </div>`}async send(){for(let t of _e(this.values,this.sides)){let s=t.side?`${this.sessionId}-${t.side}`:this.sessionId;this.answer=await me(this.programme,{entryId:this.entryId,action:"log_run",data:{session_id:s,...t}})}this.kept=!this.answer}content(){return this.kept?this.saved(c,n("kept")):super.content()}outcome(){if(this.model?.kind==="locked")return super.outcome();let{response:t,reasons:s=[]}=this.answer??{};return this.saved(a`${t?a`<p>${n(`response_${t}`)}</p>`:c}
    ${s.map(r=>a`<p>${r.text}</p>`)}`)}};f("pht-rehab-run",wt);function pi(i){if(!i)return{};let{minutes:e,hills:t,fast:s}=i;return{minutes:e??void 0,hills:t,fast:s}}var Re=(i,e,t)=>b.show("pht-rehab-run",i,{planned:e,on:t});function St(i,e){return a`<div class="stack day">
    ${hi(i)} ${ws(i)} ${vi(i,e)} ${ki(i,e)}
    ${e.compact?c:Si(i)}
  </div>`}function hi(i){let e=i.days_to_next_progression;return a`<div class="stack tight where">
    <ol class="course" aria-label=${n("stages")}>
      ${i.course.map(t=>a`<li
          class=${t.state}
          aria-current=${t.state==="current"?"step":c}
        >
          <span>${t.name}</span
          >${t.state==="done"?a`<span class="sr">${n("done")}</span>`:c}
        </li>`)}
    </ol>
    ${bi(i)}
    <p class="small quiet">
      ${gi(i).join(" \xB7 ")}${e===null?c:a` · ${ui(e,e===i.days_to_next_stage)}`}
    </p>
    ${mi(i)} ${fi(i)}
  </div>`}function ui(i,e){return e?i?M("next_stage_in",i):n("next_stage_today"):i?M("next_step_in",i):n("next_step_today")}function mi(i){let e=Object.entries(i.sides);return e.length?a`<ul class="small sides">
    ${e.map(([t,s])=>{let r=[s.stage_name,n("step",{step:s.dose_step})];s.morning_pain!==null&&r.push(n("side_morning",{pain:s.morning_pain})),s.flare_up&&r.push(n("flare_up"));let o=s.ready&&t!==i.worse_side&&i.control;return a`<li>
        <strong>${n(`side_${t}`)}</strong> · ${r.join(" \xB7 ")}
        ${o?a`<button
              type="button"
              class="link"
              @click=${()=>ft(i.entry_id,t)}
            >
              ${n("move_side_on",{side:n(`side_${t}`)})}
            </button>`:c}
      </li>`})}
  </ul>`:c}function gi(i){let{energy_step:e,running:t}=i;return[rt(i),...e?[n("energy_step",{step:e})]:[],...t&&!t.gate.length?[n("run_at",{step:t.step})]:[]]}function fi({sitting:{limit:i,advice:e,since:t,due:s}}){let r=[...i===null?[]:[n("sitting_limit",{minutes:i})],...t===null?[]:[n("sitting_since",{time:rs(t)})],...s?[n("sitting_break")]:[]],o=a`<details class="small quiet">
    <summary>${n("sitting_how_to")}</summary>
    ${e.map(l=>a`<p>${l}</p>`)}
  </details>`;return r.length?a`<p class="small ${s?"":"quiet"}">${r.join(" \xB7 ")}</p>
        ${e.length?o:c}`:c}function bi(i){let e=i.criteria.filter(r=>r.met!==!0);if(!i.next_stage_name||!e.length||i.kind==="locked")return c;let[t,...s]=e;return a`<p class="small waits">
    ${n("waits",{stage:i.next_stage_name,first:t.text})}${s.length?a`, ${M("waits_more",s.length)}`:c}
  </p>`}function Ss(i){let{entry_id:e,reasons:t}=i,s=t.find(p=>p.id!=="skipped")?.text,r=a`<button type="button" class="ghost" @click=${()=>ps(e)}>
    ${n("unlock")}
  </button>`,o=i.lock==="screening",l=a`<button
    type="button"
    class="ghost"
    @click=${()=>j(e,o?[]:i.ask_again)}
  >
    ${o?n("screen_again"):n("ask_again")}
  </button>`,d=i.ask_again.length||o;return a`${i.kind==="locked"?a`<div class="banner bad" role="alert">
        <h3>${n("locked")}</h3>
        ${i.emergency?a`<p>${n("emergency")}</p>`:c}
        ${t.slice(0,2).map(p=>a`<p>${p.text}</p>`)}
        ${i.control&&i.lock==="clinician"?r:c}
      </div>`:c}
  ${i.kind==="paused"?a`<div class="banner"><p>${s}</p></div>`:c}
  ${i.prescriber_hold&&i.kind!=="locked"?a`<div class="banner warn">
        <h3>${n("prescriber_hold")}</h3>
        <p>${s}</p>
        ${i.control?r:c}
      </div>`:c}
  ${i.impact_hold&&i.kind!=="locked"&&!i.prescriber_hold?a`<div class="banner warn">
        <p>${i.impact_hold}</p>
        ${i.control?r:c}
      </div>`:c}
  ${i.flare_up?a`<div class="banner warn">
        <h3>${n("flare_up")}</h3>
        <p>${n("flare_up_help")}</p>
        <p>${s}</p>
      </div>`:c}
  ${(i.kind==="test"||i.kind==="light")&&!i.flare_up&&!i.prescriber_hold?a`<div class="banner"><p>${s}</p></div>`:c}
  ${d&&i.control?l:c} ${i.noticed.map(p=>yi(i,p))}`}function yi({entry_id:i,control:e},t){let s=()=>{T(i).act("void_entry",{log_id:t.log_id}).catch(()=>{})};return a`<div class="banner">
    <p>${t.text}</p>
    ${e?a`<button type="button" class="ghost" @click=${()=>Re(i,null,t.date)}>
            ${n("log_run")}
          </button>
          <button type="button" class="ghost" @click=${s}>${n("no_run")}</button>`:c}
  </div>`}function vi(i,e){let{session:t}=i;return t.exercises.length?a`<ul class="list">
    ${t.exercises.map(s=>$i(i,s,e))}
  </ul>`:xi(i)}function $i(i,e,t){let s=()=>{T(i.entry_id).tick(e.item,!e.done).catch(()=>{})};return a`<li class=${e.done?"done":""}>
    <button
      type="button"
      class="exercise"
      aria-label=${`${n("start_exercise",{name:e.name})}, ${e.dose}`}
      ?disabled=${!Rs(i,t)}
      @click=${()=>As(i,e.item,t)}
    >
      <pht-rehab-figure
        still
        exercise=${e.id}
        ?mirrored=${_i(i,e)}
      ></pht-rehab-figure>
      <span class="text"><strong>${e.name}</strong><span>${e.dose}</span></span>
    </button>
    <button
      type="button"
      class="tick"
      role="checkbox"
      aria-checked=${e.done}
      aria-label=${n("tick",{name:e.name})}
      ?disabled=${!i.control}
      @click=${s}
    >
      ${D(e.done?"check":"open")}
    </button>
  </li>`}function _i(i,{side:e}){return(e==="left"||e==="right"?e:i.worse_side)==="left"}function xi(i){if(U(i))return c;if(i.kind==="test"||i.flare_up)return c;let[e]=i.reasons;return a`<div class="banner">
    <h3>${n("rest_day")}</h3>
    <p>${n("rest_help")}</p>
    ${e&&e.id!=="rest_day"?a`<p>${e.text}</p>`:c}
    ${i.next_session?a`<p>${n("next_session",{day:y(i.next_session)})}</p>`:c}
  </div>`}function Rs(i,{online:e}){return i.control&&e&&!U(i)}function Es(i,e){let t=new Set(i.session.exercises.map(s=>s.item));return e.date===i.today&&!i.flare_up&&!U(i)&&e.exercises.every(s=>t.has(s.item))}function As(i,e,{voice:t}){let s=We(i.entry_id);s?xs(i,s,t,!Es(i,s)):xt(i,e,t)}function wi(i,e){let{session:t,morning_check:s,entry_id:r}=i,o=We(r),l=t.exercises.filter(h=>!h.done),d=[];if(o){let h=Es(i,o)?n("resume_session"):n("save_interrupted");d.push({label:h,act:()=>As(i,void 0,e)})}if(s.open&&d.push({label:n("morning_check"),act:()=>cs(r)}),i.ready){let h=n("move_on_to",{stage:i.next_stage_name??""});d.push({label:h,act:()=>ft(r)})}let p=re(i);if(p&&d.push({label:n("log_run"),act:()=>Re(r,p)}),l.length&&!t.skipped&&!o&&Rs(i,e)){let h=Math.round(l.reduce((u,g)=>u+g.minutes,0)),m=M("start_session",l.length,{minutes:h});d.push({label:m,act:()=>xt(i,void 0,e.voice)})}return i.weekly_check.due&&d.push({label:n("weekly"),act:()=>vt(r)}),i.kind==="paused"&&d.push({label:n("resume_programme"),act:()=>ms(r)}),d}function ki(i,e){if(!i.control)return a`<p class="small quiet">${n("read_only")}</p>`;let{session:t}=i,[s,...r]=wi(i,e),o=t.exercises.length>0&&t.exercises.every(l=>l.done);return a`${o?a`<p class="all-done">${n("all_done")}</p>`:c}
  ${r.map(l=>a`<button type="button" class="ghost" @click=${l.act}>${l.label}</button>`)}
  ${s?a`<button type="button" class="primary next" @click=${s.act}>${s.label}</button>`:c}`}function Si(i){let e=i.criteria.filter(t=>t.met!==!0);return a`<details>
      <summary>
        ${i.next_stage_name&&e.length?n("waits_for",{stage:i.next_stage_name,open:e.length,count:i.criteria.length}):n("why")}
      </summary>
      <div class="stack tight">
        ${i.reasons.map(t=>a`<p>${t.text}</p>`)}
        ${i.last_change?a`<p class="quiet">${i.last_change.text}</p>`:c}
        ${kt(i.criteria)}
      </div>
    </details>
    ${ks(i)}
    ${i.tests.some(t=>t.due||t.asked)&&i.control?a`<button type="button" class="ghost" @click=${()=>xe(i.entry_id)}>
          ${n("tests")}${i.session.tests.length&&!i.session.logged?a` · ${n("due_today")}`:c}
        </button>`:c}
    ${i.control?a`<button type="button" class="ghost" @click=${()=>ds(i.entry_id)}>
          ${n("event")}
        </button>`:c}
    ${i.control&&i.running&&!re(i)&&!U(i)?a`<button type="button" class="ghost" @click=${()=>Re(i.entry_id,null)}>
          ${Se(i)?n("log_other_run"):n("log_run")}
        </button>`:c}`}var Ts=$`
  .sides {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .tight {
    gap: 8px;
  }
  .course {
    display: flex;
    gap: 4px;
    list-style: none;
    margin: 0;
    padding: 0;
    font-size: clamp(0.65rem, 2.6vw, 0.75rem);
    color: var(--tx2);
  }
  .course li {
    flex: 1;
    min-width: 0;
    hyphens: auto;
    overflow-wrap: break-word;
    border-top: 8px solid var(--ln);
    border-radius: 4px;
    padding-top: 4px;
  }
  .course .done {
    border-color: var(--acc);
  }
  @container (max-width: 27rem) {
    .course:has(:nth-child(6)) li:not(.current) {
      font-size: 0; /* a sixth of a phone is too narrow for a name */
    }
    .course:has(:nth-child(6)) .current {
      flex: 3;
    }
  }
  @container (max-width: 34rem) {
    .course:has(:nth-child(7)) {
      font-size: 0.7rem; /* the longest name in a seventh of a dashboard's column */
    }
  }
  @container (max-width: 18rem) {
    .course li:not(.current) {
      font-size: 0; /* large text: only where one is has room for its name */
    }
  }
  .course .current {
    flex: 1.3;
    color: var(--tx);
    font-weight: 500;
    border-image: linear-gradient(to right, var(--acc) 50%, var(--ln) 50%) 1;
  }
  .list {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    gap: 8px;
    grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr));
  }
  .list li {
    display: flex;
    align-items: center;
    border: 1px solid var(--ln);
    border-radius: 12px;
  }
  .list li.done {
    background: color-mix(in srgb, var(--ok) 10%, transparent);
  }
  .exercise {
    flex: 1;
    min-width: 0;
    display: flex;
    align-items: center;
    gap: 12px;
    border-radius: 12px;
    padding: 4px 6px;
    text-align: start;
  }
  .exercise pht-rehab-figure {
    width: 84px;
    height: 56px;
    flex: none;
  }
  .done pht-rehab-figure {
    opacity: 0.55;
  }
  .text {
    display: flex;
    flex-direction: column;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .text span {
    color: var(--tx2);
    font-size: 0.875rem;
  }
  .tick {
    flex: none;
    width: 52px;
    padding: 0;
    color: var(--tx2);
  }
  .done .tick {
    color: color-mix(in srgb, var(--ok) 75%, var(--tx));
  }
  .next {
    position: sticky;
    bottom: max(8px, env(safe-area-inset-bottom));
    z-index: 1;
  }
  .run details p {
    padding-top: 4px;
  }
  .ran {
    display: flex;
    gap: 8px;
    align-items: center;
  }
  .ran svg {
    width: 24px;
    height: 24px;
    flex: none;
    color: color-mix(in srgb, var(--ok) 75%, var(--tx));
  }
  .all-done {
    text-align: center;
    font-weight: 500;
  }
  .criteria {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    gap: 6px;
    font-size: 0.875rem;
  }
  .criteria li {
    display: flex;
    gap: 8px;
    align-items: start;
    color: var(--tx2);
  }
  .criteria svg {
    flex: none;
    width: 20px;
    height: 20px;
  }
  .criteria .met svg {
    color: color-mix(in srgb, var(--ok) 75%, var(--tx));
  }
  @media (max-height: 600px) {
    ha-card.compact {
      padding: 8px 16px;
      gap: 6px;
    }
    .compact :is(.waits, .way-back) {
      display: none; /* a wall tablet lying down has room for what to do, not for what comes */
    }
    .compact .day {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    .compact .day > * {
      flex: 0 0 100%;
    }
    .compact .day > button {
      flex: 1 1 40%;
      padding: 4px 12px;
      font-size: 0.875rem;
      line-height: 1.2;
    }
    .compact .where {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 16px;
    }
    .compact :is(.course, .sides) {
      flex: 0 0 100%;
    }
    .compact .course li {
      font-size: 0;
    }
    .compact .course .current {
      flex: 3;
      font-size: 0.75rem;
    }
    .compact .list {
      grid-template-columns: repeat(auto-fill, minmax(min(210px, 100%), 1fr));
    }
    .compact .exercise {
      padding: 2px 8px;
      gap: 8px;
    }
    .compact .text {
      font-size: 0.875rem;
      line-height: 1.25;
    }
    .compact .tick {
      width: 44px;
    }
    .compact .exercise pht-rehab-figure {
      width: 54px;
      height: 36px;
    }
  }
`;var Ri=3e4,Ee=class extends w{constructor(){super();this.sending=!1;this.closed=()=>this.requestUpdate();this.view="today",this.worded=void 0}static{this.properties={hass:{attribute:!1},config:{state:!0},view:{state:!0},worded:{state:!0}}}setConfig(t){this.config=t,this.follow()}getCardSize(){return this.config?.compact?5:9}getGridOptions(){return{columns:12,min_columns:6,rows:"auto"}}static async getStubConfig(t){let{programmes:s}=await t.callWS({type:"pht_rehab/programmes"}),r=s[0]?.entry_id;return{...r?{programme:r}:{},voice:!0,compact:!1}}static getConfigForm(){return{schema:[{name:"programme",required:!0,selector:{config_entry:{integration:"pht_rehab"}}},{name:"title",selector:{text:{}}},{name:"voice",selector:{boolean:{}}},{name:"compact",selector:{boolean:{}}}],computeLabel:t=>n(`config_${t.name}`),computeHelper:t=>t.name==="voice"||t.name==="compact"?n(`config_${t.name}_help`):""}}connectedCallback(){super.connectedCallback(),window.addEventListener(ye,this.closed),this.follow()}disconnectedCallback(){super.disconnectedCallback(),this.end?.(),this.end=this.source=void 0,window.removeEventListener(ye,this.closed),clearTimeout(this.later)}follow(){let t=this.config?.programme;!this.isConnected||this.source?.entryId===t||(this.end?.(),this.source=t?T(t):void 0,this.end=this.source?.listen(()=>{this.requestUpdate(),this.sendKept()}))}async sendKept(){if(!(this.sending||!this.source?.model||this.source.failure)){clearTimeout(this.later),this.sending=!0;for(let t of H(this.source.entryId))if(!t.problem)try{await Ke(this.source,t)}catch(s){let r=s.message;Je(s)?he({...t,problem:r??n("failed")}):this.later=setTimeout(()=>{this.sendKept()},Ri)}this.sending=!1,this.requestUpdate()}}shouldUpdate(t){if(!t.has("hass")||!this.hass)return!0;let{locale:s}=this.hass;return s!==this.worded&&(this.source?.reword(),be(this.hass).then(()=>this.worded=s,()=>{})),t.size>1||!t.get("hass")}render(){return!this.config||!this.worded?a`<ha-card></ha-card>`:a`<ha-card class=${this.config.compact?"compact":""}>${this.body()}</ha-card>`}body(){let{source:t}=this,s=t?.model;if(!t)return a`<p>${n("choose_programme")}</p>`;if(!s)return a`<p role="status">${n(t.failure??"loading")}</p>`;let r=l=>a`<button
      type="button"
      role="tab"
      id="tab-${l}"
      aria-controls="panel"
      aria-selected=${this.view===l}
      tabindex=${this.view===l?0:-1}
      @click=${()=>this.view=l}
    >
      ${n(l)}
    </button>`,o=s.control?a`<button type="button" class="link wrong" @click=${()=>j(s.entry_id)}>
          ${n("feels_wrong")}
        </button>`:c;return a`<header>
        <h2>${this.config?.title||s.name}</h2>
        ${this.config?.compact?o:a`<div role="tablist" aria-label=${n("views")} @keydown=${this.key}>
              ${r("today")}${r("progress")}
            </div>`}
      </header>
      ${t.failure?a`<p class="banner warn" role="status">${n(t.failure)}</p>`:c}
      ${H(s.entry_id).map(l=>this.kept(l))} ${Ss(s)}
      ${this.config?.compact?St(s,this.options):a`<div role="tabpanel" id="panel" aria-labelledby="tab-${this.view}">
              ${this.view==="today"?St(s,this.options):a`<pht-rehab-progress
                    .model=${s}
                    .worded=${this.worded}
                  ></pht-rehab-progress>`}
            </div>
            ${o}`}`}kept(t){if(!t.problem)return a`<p class="banner warn" role="status">${n("waiting")}</p>`;let s=()=>{let{problem:l,...d}=t;he(d),this.sendKept()},r=()=>{ue(t),this.requestUpdate()},o=String(t.data.date??"");return a`<div class="banner bad" role="status">
      <p>${n("refused",{day:o?y(o):""})} ${t.problem}</p>
      <button type="button" class="ghost" @click=${s}>${n("try_again")}</button>
      <button type="button" class="link" @click=${r}>${n("discard")}</button>
    </div>`}get options(){let{voice:t=!0,compact:s=!1}=this.config??{};return{voice:t,compact:s,online:!this.source?.failure}}key(t){t.key!=="ArrowLeft"&&t.key!=="ArrowRight"||(this.view=this.view==="today"?"progress":"today",this.updateComplete.then(()=>this.renderRoot.querySelector(`#tab-${this.view}`)?.focus()))}static{this.styles=[E,Ts,$`
      ha-card {
        padding: 16px;
        display: flex;
        flex-direction: column;
        gap: 14px;
        min-height: 100%;
        container-type: inline-size;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: center;
        gap: 8px;
      }
      h2 {
        overflow-wrap: anywhere;
        min-width: 0;
      }
      .wrong {
        align-self: center;
      }
      [role="tablist"] {
        display: flex;
        border-radius: 24px;
        background: color-mix(in srgb, var(--tx) 7%, transparent);
      }
      [role="tab"] {
        color: var(--tx);
      }
      [role="tab"][aria-selected="true"] {
        background: color-mix(in srgb, var(--acc) 22%, var(--bg));
        font-weight: 500;
      }
    `]}};function Ei(i,{entry_id:e,name:t}){let s=fe(i,e),r=s("calendar","plan"),o=s("todo","today"),l=[s("sensor","morning_pain"),s("sensor","session_pain")].filter(Boolean),d=Object.entries({stage:{type:"entity"},days_to_next_progression:n("next_step"),days_to_next_stage:n("next_stage"),next_session:{type:"entity"}}).map(([h,m])=>({type:"tile",entity:s("sensor",h),name:m})).filter(h=>h.entity),p=[[{type:"custom:pht-rehab-card",programme:e,grid_options:{columns:"full"}}],[{type:"heading",heading:n("plan"),icon:"mdi:calendar"},...d,...r?[{type:"calendar",entities:[r],initial_view:"listWeek"}]:[],...o?[{type:"todo-list",entity:o,hide_create:!0}]:[]],[{type:"heading",heading:n("progress"),icon:"mdi:chart-line"},...l.length?[{type:"statistics-graph",entities:l,days_to_show:60,period:"day",stat_types:["mean"],chart_type:"line",min_y_axis:0,max_y_axis:10}]:[]]];return{title:t,path:e,type:"sections",max_columns:3,sections:p.map(h=>({type:"grid",cards:h}))}}var Ae=class extends HTMLElement{static{this.noEditor=!0}static{this.registryDependencies=["entities","devices"]}static getCreateSuggestions(){return{title:"Rehab",icon:"mdi:human-handsup"}}static async generate(e,t){await be(t);let{programmes:s}=await t.callWS({type:"pht_rehab/programmes"});return s.length?{views:s.map(r=>Ei(t,r))}:{views:[{cards:[{type:"markdown",content:n("no_programme")}]}]}}};var Ai="https://github.com/pht-rehab/pht_rehab";function Ms(i,e){i.some(t=>t.type===e.type)||i.push(e)}f("pht-rehab-card",Ee);f("ll-strategy-dashboard-pht-rehab",Ae);Ms(window.customCards??=[],{type:"pht-rehab-card",name:"PHT Rehab",description:"Today's exercises, a guided session, and the weeks behind.",preview:!0,documentationURL:Ai,getEntitySuggestion:(i,e)=>{let t=i.entities[e];if(t?.platform!=="pht_rehab")return null;let s=i.devices[t.device_id??""]?.primary_config_entry;return s?{config:{type:"custom:pht-rehab-card",programme:s}}:null}});Ms(window.customStrategies??=[],{type:"pht-rehab",strategyType:"dashboard",name:"PHT Rehab",description:"Today, plan and progress of every programme."});
